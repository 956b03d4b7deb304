import * as vscode from 'vscode';
import type { BaseUrl } from '../assemblyai/baseUrl';
import { AssemblyAiClient } from '../assemblyai/client';
import { createDispatcher, type Dispatcher } from '../assemblyai/dispatcher';
import type { Clock, SpeechApi } from '../core/jobs/ports';
import { openDashboard } from './dashboard';
import { enterKey } from './keys/enterKey';
import type { Keys } from './keys/keys';
import type { HostLog } from './log';
import { readBaseUrl, readNetworkSettings } from './settings';

/** The service, ready to be used with a key. */
export interface Connection {
  readonly api: SpeechApi;
  close(): Promise<void>;
}

/** Brings server, key and network settings together, and asks for a key where there is none. */
export class Connector {
  constructor(
    private readonly keys: Keys,
    private readonly clock: Clock,
    private readonly userAgent: string,
    private readonly log: HostLog,
  ) {}

  /**
   * @returns undefined when there is no key and the user did not give one
   * @throws Failure `settings` when the server's address is unusable
   */
  async connect(): Promise<Connection | undefined> {
    const baseUrl = readBaseUrl();
    const key = (await this.keys.get(baseUrl)) ?? (await this.offerToEnterKey(baseUrl));
    if (key === undefined) {
      return undefined;
    }
    const dispatcher = this.openDispatcher(baseUrl);
    return { api: this.client(baseUrl, key, dispatcher), close: () => dispatcher.destroy() };
  }

  /** Asks for a key, checks it with the server and keeps it; undefined when the user gave up. */
  async askForKey(baseUrl: BaseUrl): Promise<string | undefined> {
    const dispatcher = this.openDispatcher(baseUrl);
    try {
      const key = await enterKey(baseUrl.host, (candidate, signal) => {
        this.log.conceal(candidate);
        return this.client(baseUrl, candidate, dispatcher).checkKey(signal);
      });
      if (key !== undefined) {
        await this.keys.store(baseUrl.origin, key);
      }
      return key;
    } finally {
      await dispatcher.destroy();
    }
  }

  private async offerToEnterKey(baseUrl: BaseUrl): Promise<string | undefined> {
    const enter: vscode.QuickPickItem = {
      label: '$(key) Enter AssemblyAI key',
      detail: `Recordings go to ${baseUrl.host}. The key is checked there and kept as a secret.`,
    };
    const get: vscode.QuickPickItem = {
      label: '$(link-external) Get a key',
      detail: 'Opens assemblyai.com in the browser.',
    };
    const options = {
      title: 'No AssemblyAI key yet',
      placeHolder: 'How to transcribe',
      ignoreFocusOut: true,
    };
    const chosen = await vscode.window.showQuickPick([enter, get], options);
    if (chosen === get) {
      await openDashboard();
    }
    return chosen === undefined ? undefined : this.askForKey(baseUrl);
  }

  private client(baseUrl: BaseUrl, apiKey: string, dispatcher: Dispatcher): AssemblyAiClient {
    const { clock, userAgent, log } = this;
    return new AssemblyAiClient({ baseUrl, apiKey, dispatcher, clock, random: Math.random, log, userAgent });
  }

  private openDispatcher(baseUrl: BaseUrl): Dispatcher {
    return createDispatcher(baseUrl, readNetworkSettings(), process.env);
  }
}
