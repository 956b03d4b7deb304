import * as vscode from 'vscode';
import type { BaseUrl } from '../../assemblyai/baseUrl';
import { AssemblyAiClient } from '../../assemblyai/client';
import { unusableAuthorities } from '../../assemblyai/certificates';
import { createDispatcher, type Dispatcher } from '../../assemblyai/dispatcher';
import { Gateway, gatewayBaseUrl } from '../../assemblyai/gateway';
import { asFailure, Failure } from '../../core/failures/failure';
import { openDashboard } from '../platform/links';
import { enterKey } from '../keys/enterKey';
import type { Keys } from '../keys/keys';
import { tellNotStored } from '../keys/tellNotStored';
import { LocalApi, localOrigin, type LocalClient } from '../local/localApi';
import type { LocalServer, RunningServer } from '../local/localServer';
import type { HostLog } from '../platform/log';
import { readBaseUrl, readEngine, readNetworkSettings, writeEngine } from '../platform/settings';
import type { Clock } from '../../core/ports';
import type { Connection } from './connection';

/** What a user can choose when no service is chosen and no key is known. */
type Choice = 'local' | 'enterKey' | 'getKey';

/** A service that is not on this machine, opened with a key. */
interface RemoteConnection {
  readonly client: AssemblyAiClient;
  close(): Promise<void>;
}

/** AssemblyAI's API and its gateway, opened with a key. */
export interface AssemblyAiConnection extends RemoteConnection {
  readonly gateway: Gateway;
}

/** Brings service, key and network settings together, and asks which service to use where none is chosen. */
export class Connector {
  constructor(
    private readonly keys: Keys,
    private readonly localServer: LocalServer,
    private readonly clock: Clock,
    private readonly userAgent: string,
    private readonly log: HostLog,
  ) {}

  /**
   * The origin of the service that the settings name. Asks the user for a choice and a key where they are missing.
   *
   * @returns undefined when there is no key and the user gave up
   * @throws Failure `settings` when the server's address is unusable
   */
  async choose(): Promise<string | undefined> {
    const chosen = await this.chosen();
    if (chosen !== undefined) {
      return chosen;
    }
    const baseUrl = readBaseUrl();
    const choice = await askWhere(baseUrl);
    if (choice === 'local') {
      await writeEngine('local').catch((thrown: unknown) =>
        // For example because the settings do not parse. Then the next time asks again.
        this.log.warn(`The choice was not kept: ${asFailure(thrown).message}`),
      );
      return localOrigin;
    }
    if (choice === 'getKey') {
      await openDashboard();
    }
    const entered = choice === undefined ? undefined : await this.askForKey(baseUrl);
    return entered === undefined ? undefined : baseUrl.origin;
  }

  /** The origin of the service that the settings name, without a question; undefined where it has no key. */
  async chosen(): Promise<string | undefined> {
    if (readEngine() === 'local') {
      return localOrigin;
    }
    const baseUrl = readBaseUrl();
    return (await this.keys.get(baseUrl)) === undefined ? undefined : baseUrl.origin;
  }

  /**
   * Opens a service without a question. A key goes only to the service in the settings, so a job of another service has to
   * wait until the settings name that one again.
   *
   * @throws Failure `otherServer`, `keyMissing`, `settings`
   */
  async open(service: string): Promise<Connection> {
    if (service === localOrigin) {
      return this.connectHere();
    }
    const remote = await this.openRemote(service);
    return { api: remote.client, close: () => remote.close() };
  }

  /**
   * Opens a service that is not on this machine, with all that its client can do.
   *
   * @throws Failure `otherServer`, `keyMissing`, `settings`
   */
  async openRemote(service: string): Promise<RemoteConnection> {
    const baseUrl = readBaseUrl();
    const { host, origin } = baseUrl;
    if (origin !== service) {
      throw new Failure('otherServer', `The settings name ${origin}`, { host: new URL(service).host });
    }
    const key = await this.keys.get(baseUrl);
    if (key === undefined) {
      throw new Failure('keyMissing', 'No key is stored', { host });
    }
    const dispatcher = this.openDispatcher(baseUrl);
    return { client: this.client(baseUrl, key, dispatcher), close: () => dispatcher.destroy() };
  }

  /** Asks for a key, checks it with the service and stores it; undefined when the user gave up. */
  async askForKey(baseUrl: BaseUrl): Promise<string | undefined> {
    const dispatcher = this.openDispatcher(baseUrl);
    try {
      const key = await enterKey(baseUrl.host, (candidate, signal) => {
        this.log.conceal(candidate);
        return this.client(baseUrl, candidate, dispatcher).checkKey(signal);
      });
      if (key !== undefined) {
        if (!(await this.keys.store(baseUrl.origin, key))) {
          tellNotStored('The key');
        }
      }
      return key;
    } finally {
      await dispatcher.destroy();
    }
  }

  /**
   * Opens AssemblyAI or the service in its place, and its gateway, even when the engine is the local one: history and
   * questions need AssemblyAI. Asks for a key where none is known; undefined when the user gave up. To be closed after use.
   *
   * @throws Failure `settings` when the server's address is unusable
   */
  async openAssemblyAi(): Promise<AssemblyAiConnection | undefined> {
    const baseUrl = readBaseUrl();
    const key = (await this.keys.get(baseUrl)) ?? (await this.askForKey(baseUrl));
    if (key === undefined) {
      return undefined;
    }
    const dispatcher = this.openDispatcher(baseUrl);
    const gatewayUrl = gatewayBaseUrl(baseUrl);
    const gatewayDispatcher = this.openDispatcher(gatewayUrl);
    const { clock, userAgent, log } = this;
    return {
      client: this.client(baseUrl, key, dispatcher),
      gateway: new Gateway({
        baseUrl: gatewayUrl,
        apiKey: key,
        dispatcher: gatewayDispatcher,
        clock,
        random: Math.random,
        log,
        userAgent,
      }),
      close: async () => {
        await Promise.all([dispatcher.destroy(), gatewayDispatcher.destroy()]);
      },
    };
  }

  /** The first job that needs the server on this machine starts it. */
  private connectHere(): Connection {
    const connect = ({ baseUrl, key }: RunningServer): LocalClient => {
      const dispatcher = this.openDispatcher(baseUrl);
      return { client: this.client(baseUrl, key, dispatcher), close: () => dispatcher.destroy() };
    };
    const api = new LocalApi(this.localServer, connect, this.clock, this.log);
    return { api, close: () => Promise.resolve() };
  }

  private client(baseUrl: BaseUrl, apiKey: string, dispatcher: Dispatcher): AssemblyAiClient {
    const { clock, userAgent, log } = this;
    return new AssemblyAiClient({
      baseUrl,
      apiKey,
      dispatcher,
      clock,
      random: Math.random,
      log,
      userAgent,
      dispatcherFor: (address) => this.openDispatcher(address),
    });
  }

  private openDispatcher(baseUrl: BaseUrl): Dispatcher {
    for (const name of unusableAuthorities(process.env)) {
      this.log.warn(`${name} names a file in which there are no certificates that Steno can read`);
    }
    return createDispatcher(baseUrl, readNetworkSettings(), process.env);
  }
}

async function askWhere({ host }: BaseUrl): Promise<Choice | undefined> {
  const items: (vscode.QuickPickItem & { readonly choice: Choice })[] = [
    {
      choice: 'local',
      label: '$(device-desktop) Transcribe on this machine',
      description: 'English only; the recording stays here',
      detail: 'No account needed. Change it any time: steno.engine in the settings.',
    },
    {
      choice: 'enterKey',
      label: '$(key) Enter AssemblyAI key',
      description: 'about a hundred languages, more accurate',
      detail: `Recordings go to ${host}. The key is kept as a secret.`,
    },
    {
      choice: 'getKey',
      label: '$(link-external) Get a key',
      detail: 'Opens assemblyai.com in the browser.',
    },
  ];
  const options = {
    title: 'Where should this be transcribed?',
    placeHolder: 'There is no AssemblyAI key yet',
    ignoreFocusOut: true,
  };
  return (await vscode.window.showQuickPick(items, options))?.choice;
}
