import * as vscode from 'vscode';
import { gatewayBaseUrl } from '../../assemblyai/gateway';
import { describeFailure } from '../../core/failures/describeFailure';
import { asFailure, type Failure } from '../../core/failures/failure';
import { readObject } from '../../core/json';
import type { AssemblyAiConnection, Connector } from '../services/connector';
import type { Keys } from '../keys/keys';
import { offer, showWait } from '../platform/messages';
import { readBaseUrl } from '../platform/settings';
import type { AnswerModel, ModelChoice } from './answerModel';
import { listEditorModels } from './editorModels';
import { listGatewayModels } from './gatewayModels';
import { withoutIcons } from '../../core/text';
import type { Clock } from '../../core/ports';

const choiceKey = 'questions.model';

/** What a choice of models is made with. */
export interface ModelParts {
  readonly connector: Connector;
  readonly keys: Keys;
  readonly state: vscode.Memento;
  readonly clock: Clock;
}

/** What the gateway answered when it was asked for its models. */
interface Offered {
  readonly models: readonly AnswerModel[];
  readonly failure?: Failure;
  /** Whether it was not asked, since there is no key, and there are other models. */
  readonly needsKey?: boolean;
}

/** A model; or why there are none of the gateway's, or, without either, a way to get them. */
interface ModelItem extends vscode.QuickPickItem {
  readonly model?: AnswerModel;
  readonly failure?: Failure;
}

/**
 * The models that can be asked: those of AssemblyAI's gateway, and those that VS Code has. Choosing one from a list that
 * says where the transcript goes is the user's consent; it is remembered. To be closed after use.
 */
export class Models {
  private connection: AssemblyAiConnection | undefined;

  constructor(private readonly parts: ModelParts) {}

  async close(): Promise<void> {
    await this.connection?.close();
  }

  /**
   * The model that was chosen before, as long as it is still offered, else one that is chosen now; undefined when the
   * user chose none.
   *
   * @throws Failure
   */
  async current(): Promise<AnswerModel | undefined> {
    const remembered = await this.remembered().catch((thrown: unknown) => {
      const failure = asFailure(thrown);
      if (failure.kind !== 'paidAccountNeeded') {
        throw failure;
      }
      // There may be others.
      return undefined;
    });
    return remembered ?? (await this.choose());
  }

  /** A model that the user chooses. @throws Failure */
  async choose(): Promise<AnswerModel | undefined> {
    const editorModels = await listEditorModels();
    const offered = await this.offered(editorModels.length > 0);
    if (offered === undefined) {
      return undefined;
    }
    const groups = [gatewayItems(offered), editorItems(editorModels)];
    // What can be chosen stands first.
    const items = (offered.models.length > 0 ? groups : groups.reverse()).flat();
    if (items.length === 0) {
      await offer('information', 'Neither AssemblyAI nor VS Code offers a language model here.');
      return undefined;
    }
    return this.pick(items);
  }

  private async pick(items: readonly ModelItem[]): Promise<AnswerModel | undefined> {
    const options = {
      title: 'Choose a Language Model',
      placeHolder: 'It gets the transcript with every question',
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
    await this.parts.state.update(choiceKey, picked.model.choice);
    return picked.model;
  }

  /** The remembered model; undefined where there is none, or not any more. */
  private async remembered(): Promise<AnswerModel | undefined> {
    const choice = readChoice(this.parts.state.get(choiceKey));
    if (choice === undefined) {
      return undefined;
    }
    if (choice.source === 'editor') {
      const [model] = await listEditorModels({ vendor: choice.vendor, id: choice.id });
      return model;
    }
    // In another region, the transcript would go elsewhere than was agreed to.
    const isAgreed = choice.host === gatewayBaseUrl(readBaseUrl()).host && (await this.hasKey());
    const models = isAgreed ? await this.gatewayModels() : [];
    return models.find((model) => model.choice.id === choice.id);
  }

  /** Undefined when a key was asked for and not given. */
  private async offered(hasOthers: boolean): Promise<Offered | undefined> {
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

  private async gatewayModels(): Promise<readonly AnswerModel[]> {
    const connection = await this.connect();
    if (connection === undefined) {
      return [];
    }
    const { host } = gatewayBaseUrl(readBaseUrl());
    return whileShown(this.parts.clock, (signal) => listGatewayModels(connection.gateway, host, signal));
  }

  private async connect(): Promise<AssemblyAiConnection | undefined> {
    this.connection ??= await this.parts.connector.openAssemblyAi();
    return this.connection;
  }

  private async hasKey(): Promise<boolean> {
    return (await this.parts.keys.get(readBaseUrl())) !== undefined;
  }
}

/** A wait that is over before can hardly be read. */
const shortWaitMs = 1000;

/** Shows that something takes long, once it does, with a way to stop it. */
async function whileShown<T>(clock: Clock, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const [stop, over] = [new AbortController(), new AbortController()];
  let shown: { dispose(): void } | undefined;
  clock.sleep(shortWaitMs, over.signal).then(
    () => (shown = showWait('Asking AssemblyAI for its language models', () => stop.abort())),
    () => undefined,
  );
  try {
    return await work(stop.signal);
  } finally {
    over.abort();
    shown?.dispose();
  }
}

function gatewayItems({ models, failure, needsKey }: Offered): readonly ModelItem[] {
  const items = models.map(itemOf);
  if (failure !== undefined) {
    const label = '$(warning) None of AssemblyAI’s models';
    items.push({ label, detail: describeFailure(failure).sentence, failure });
  } else if (needsKey === true) {
    const detail = 'To choose from the models of its LLM Gateway.';
    items.push({ label: '$(key) Enter AssemblyAI key', detail });
  }
  return items.length === 0 ? [] : [separator('AssemblyAI LLM Gateway'), ...items];
}

function editorItems(models: readonly AnswerModel[]): readonly ModelItem[] {
  return models.length === 0 ? [] : [separator('VS Code'), ...models.map(itemOf)];
}

function separator(label: string): ModelItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function itemOf(model: AnswerModel): ModelItem {
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
