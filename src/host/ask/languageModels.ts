import * as vscode from 'vscode';
import { remember } from '../platform/remember';
import { gatewayBaseUrl } from '../../assemblyai/gateway';
import { describeFailure } from '../../core/failures/describeFailure';
import { asFailure, type Failure } from '../../core/failures/failure';
import { readObject } from '../../core/json';
import type { AssemblyAiConnection, Connector } from '../services/connector';
import type { Keys } from '../keys/keys';
import { DisposableStore } from '../platform/disposables';
import { notify, showWait } from '../platform/userMessages';
import { readBaseUrl } from '../platform/settings';
import type { LanguageModel, ModelChoice } from './languageModel';
import { listEditorModels } from './editorModels';
import { listGatewayModels } from './gatewayModels';
import { withoutIcons } from '../../core/text';
import type { Clock } from '../../core/ports';

const choiceKey = 'questions.model';

/** What `LanguageModels` needs. */
export interface LanguageModelParts {
  readonly connector: Connector;
  readonly keys: Keys;
  readonly state: vscode.Memento;
  readonly clock: Clock;
}

/** The models of the gateway, or why there are none. */
interface GatewayOffer {
  readonly models: readonly LanguageModel[];
  readonly failure?: Failure;
  /** Whether the gateway was not asked because there is no key. */
  readonly needsKey?: boolean;
}

/** A model; or the failure of the gateway; or, without either, the item that asks for a key. */
interface ModelItem extends vscode.QuickPickItem {
  readonly model?: LanguageModel;
  readonly failure?: Failure;
}

/**
 * The language models of AssemblyAI's gateway and of VS Code. The list says where the transcript is sent, so choosing a
 * model from it is the user's consent; the choice is remembered. Must be closed after use.
 */
export class LanguageModels {
  private connection: AssemblyAiConnection | undefined;

  constructor(private readonly parts: LanguageModelParts) {}

  /** Closes the connection to the gateway, if there is one. */
  async close(): Promise<void> {
    await this.connection?.close();
  }

  /**
   * The remembered model if it is still offered, else a model that the user chooses now.
   *
   * @returns undefined when the user chose none
   * @throws Failure
   */
  async current(): Promise<LanguageModel | undefined> {
    const remembered = await this.remembered().catch((thrown: unknown) => {
      const failure = asFailure(thrown);
      if (failure.kind !== 'paidAccountNeeded') {
        throw failure;
      }
      // Other models may be available.
      return undefined;
    });
    return remembered ?? (await this.choose());
  }

  /** Lets the user choose a model and remembers it. @returns undefined when the user chose none @throws Failure */
  async choose(): Promise<LanguageModel | undefined> {
    const editorModels = await listEditorModels();
    const offer = await this.gatewayOffer(editorModels.length > 0);
    if (offer === undefined) {
      return undefined;
    }
    const groups = [gatewayItems(offer), editorItems(editorModels)];
    // Models come first, before an item that is none.
    const items = (offer.models.length > 0 ? groups : groups.reverse()).flat();
    if (items.length === 0) {
      await notify('information', 'Neither AssemblyAI nor VS Code has a language model available.');
      return undefined;
    }
    return this.pick(items);
  }

  private async pick(items: readonly ModelItem[]): Promise<LanguageModel | undefined> {
    const options = {
      title: 'Choose a Language Model',
      placeHolder: 'The model gets the transcript with every question',
      matchOnDescription: true,
      matchOnDetail: true,
      ignoreFocusOut: true,
    };
    const picked = await vscode.window.showQuickPick(items, options);
    if (picked === undefined) {
      return undefined;
    }
    if (picked.failure !== undefined) {
      throw picked.failure;
    }
    if (picked.model === undefined) {
      return (await this.connect()) === undefined ? undefined : this.choose();
    }
    await remember(this.parts.state, choiceKey, picked.model.choice);
    return picked.model;
  }

  /** The remembered model; undefined when none is remembered, or when it is not offered anymore. */
  private async remembered(): Promise<LanguageModel | undefined> {
    const choice = readChoice(this.parts.state.get(choiceKey));
    if (choice === undefined) {
      return undefined;
    }
    if (choice.source === 'editor') {
      const [model] = await listEditorModels({ vendor: choice.vendor, id: choice.id });
      return model;
    }
    // In another region, the transcript would be sent to a host that the user did not agree to.
    const isAgreed = choice.host === gatewayBaseUrl(readBaseUrl()).host && (await this.hasKey());
    const models = isAgreed ? await this.gatewayModels() : [];
    return models.find((model) => model.choice.id === choice.id);
  }

  /**
   * @param hasOthers whether there are other models: then a failure of the gateway is only an item of the list
   * @returns undefined when the user entered no key
   */
  private async gatewayOffer(hasOthers: boolean): Promise<GatewayOffer | undefined> {
    try {
      if (hasOthers && !(await this.hasKey())) {
        return { models: [], needsKey: true };
      }
      const isOpen = (await this.connect()) !== undefined;
      return isOpen ? { models: await this.gatewayModels() } : undefined;
    } catch (thrown) {
      const failure = asFailure(thrown);
      if (!hasOthers || failure.kind === 'cancelled') {
        throw failure;
      }
      return { models: [], failure };
    }
  }

  private async gatewayModels(): Promise<readonly LanguageModel[]> {
    const connection = await this.connect();
    if (connection === undefined) {
      return [];
    }
    const { host } = gatewayBaseUrl(readBaseUrl());
    return withLateWait(this.parts.clock, (signal) => listGatewayModels(connection.gateway, host, signal));
  }

  private async connect(): Promise<AssemblyAiConnection | undefined> {
    this.connection ??= await this.parts.connector.openAssemblyAi();
    return this.connection;
  }

  private async hasKey(): Promise<boolean> {
    return (await this.parts.keys.get(readBaseUrl())) !== undefined;
  }
}

/** A shorter wait is over before the user could read what it is for. */
const shortWaitMs = 1000;

/** Does something, and shows a wait with a Cancel button once it has taken a second. */
async function withLateWait<T>(clock: Clock, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const [stop, over] = [new AbortController(), new AbortController()];
  const shown = new DisposableStore();
  clock.sleep(shortWaitMs, over.signal).then(
    () => shown.add(showWait('Asking AssemblyAI for its language models', () => stop.abort())),
    () => undefined,
  );
  try {
    return await work(stop.signal);
  } finally {
    over.abort();
    shown.dispose();
  }
}

function gatewayItems({ models, failure, needsKey }: GatewayOffer): readonly ModelItem[] {
  const items = models.map(itemOf);
  if (failure !== undefined) {
    const label = '$(warning) AssemblyAI’s models are not available';
    items.push({ label, detail: describeFailure(failure).sentence, failure });
  } else if (needsKey === true) {
    const detail = 'To choose from the models of AssemblyAI’s LLM Gateway.';
    items.push({ label: '$(key) Enter AssemblyAI key', detail });
  }
  return items.length === 0 ? [] : [titleItem('AssemblyAI LLM Gateway'), ...items];
}

function editorItems(models: readonly LanguageModel[]): readonly ModelItem[] {
  return models.length === 0 ? [] : [titleItem('VS Code'), ...models.map(itemOf)];
}

function titleItem(label: string): ModelItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function itemOf(model: LanguageModel): ModelItem {
  const { name, destination, detail } = model;
  return { label: withoutIcons(name), description: destination, detail: withoutIcons(detail), model };
}

function readChoice(value: unknown): ModelChoice | undefined {
  const { source, host, vendor, id } = readObject(value);
  if (typeof id !== 'string') {
    return undefined;
  }
  if (source === 'gateway' && typeof host === 'string') {
    return { source, host, id };
  }
  return source === 'editor' && typeof vendor === 'string' ? { source, vendor, id } : undefined;
}
