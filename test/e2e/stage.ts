import { strictEqual } from 'node:assert/strict';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { eventually, patienceMs } from '../support/eventually';
import {
  startScriptedServer,
  type ScriptedServer,
  type ScriptedServerOptions,
} from '../support/server/scriptedServer';
import { launchBrowser } from '../support/vscode/browser';
import { extensionHostsOf } from '../support/vscode/listProcesses';
import { packageExtension } from '../support/vscode/packageExtension';
import { packageModelProvider } from '../support/vscode/packageModelProvider';
import { artifactsRoot } from '../support/vscode/paths';
import { startVscodeServer, type VscodeServer } from '../support/vscode/server';
import { removeFolder, temporaryFolder } from '../support/vscode/workspace';
import { filesBelow } from './files';
import { Workbench } from './pages/workbench';

/** The key that the scripted server takes. */
const goodKey = 'test-key';

/** How a stage is set up. */
export interface StageOptions {
  readonly service?: ScriptedServerOptions;
  /** The key in the environment; undefined for none. Default: the one that the server accepts. */
  readonly environmentKey?: string | undefined;
  /** The setting `steno.engine`. Default: not set, which means AssemblyAI if there is a key. */
  readonly engine?: 'local';
  /** Whether another extension provides a language model. */
  readonly modelProvider?: boolean;
  /** Whether folders open in Restricted Mode. */
  readonly restricted?: boolean;
}

/** A VS Code with the packaged extension. Its settings name a scripted server on this machine instead of AssemblyAI. */
export class Stage {
  private readonly contexts: BrowserContext[] = [];
  private readonly windows: Workbench[] = [];
  private readonly folders: string[] = [];
  private isConfigured = false;

  private constructor(
    private readonly options: StageOptions,
    readonly vscode: VscodeServer,
    private readonly browser: Browser,
    private scripted: ScriptedServer,
  ) {}

  static async start(logName: string, options: StageOptions): Promise<Stage> {
    const others = options.modelProvider === true ? [await packageModelProvider()] : [];
    const vsix = [await packageExtension(), ...others];
    // The browser first: a machine may not have one, and nothing else has to be stopped then.
    const browser = await launchBrowser();
    const scripted = await startScriptedServer(options.service);
    try {
      const vscode = await startVscodeServer({
        vsix,
        machineSettings: machineSettings(options, scripted),
        env: { ASSEMBLYAI_API_KEY: 'environmentKey' in options ? options.environmentKey : goodKey },
        workspaceTrust: options.restricted ?? false,
        logName,
      });
      return new Stage(options, vscode, browser, scripted);
    } catch (thrown) {
      await Promise.all([browser.close(), scripted.close()]);
      throw thrown;
    }
  }

  /** The server in place of AssemblyAI; a new one for each test, at the same address. */
  get service(): ScriptedServer {
    return this.scripted;
  }

  /** Changes machine settings for windows that are opened from now on, until the end of the test. */
  async configure(settings: Readonly<Record<string, unknown>>): Promise<void> {
    this.isConfigured = true;
    await this.vscode.writeMachineSettings({ ...machineSettings(this.options, this.scripted), ...settings });
  }

  /** The global storage of the extension. */
  get storage(): string {
    return join(this.vscode.serverDataDir, 'data', 'User', 'globalStorage', 'steno.steno');
  }

  /** Waits until there are that many extension hosts, one for each window. Process ids, the oldest first. Not on Windows. */
  async waitForHosts(count: number): Promise<readonly number[]> {
    return eventually(async () => {
      const hosts = await extensionHostsOf(this.vscode.pid);
      strictEqual(hosts.length, count, `${hosts.length} extension hosts`);
      return hosts;
    });
  }

  async folder(): Promise<string> {
    const folder = await temporaryFolder('workspace');
    this.folders.push(folder);
    return folder;
  }

  /** Opens a folder, or a `.code-workspace` file, in a window that shares no browser storage with others. */
  async open(folderOrWorkspaceFile: string): Promise<Workbench> {
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 800 } });
    context.setDefaultTimeout(patienceMs);
    this.contexts.push(context);
    const workbench = new Workbench(await context.newPage(), this.vscode.url);
    this.windows.push(workbench);
    if (folderOrWorkspaceFile.endsWith('.code-workspace')) {
      await workbench.openWorkspaceFile(folderOrWorkspaceFile);
    } else {
      await workbench.openFolder(folderOrWorkspaceFile);
    }
    return workbench;
  }

  /** The text that the extension has written to its output channel in all windows. */
  async extensionLog(): Promise<string> {
    const logs = join(this.vscode.serverDataDir, 'data', 'logs');
    const files = (await filesBelow(logs)).filter((file) => basename(file) === 'Steno.log');
    if (files.length === 0) {
      throw new Error('The extension has written no log.');
    }
    return (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('');
  }

  /** Saves screenshots, log and requests for the investigation of a failed test; returns the paths. */
  async keepEvidence(title: string): Promise<string[]> {
    const name = title.replaceAll(/[^\p{L}\p{N}]+/gu, '-');
    const folder = join(artifactsRoot, 'failures');
    await mkdir(folder, { recursive: true });
    // A window that is closed or hangs has no screenshot; everything else is saved anyway.
    const pictures = await Promise.all(
      this.windows.map((workbench, index) =>
        workbench
          .screenshot(`../failures/${name}-${index + 1}`)
          .catch((thrown: unknown) => `no picture of window ${index + 1}: ${String(thrown)}`),
      ),
    );
    const log = join(folder, `${name}.log`);
    await copyFile(this.vscode.logFile, log);
    const requests = join(folder, `${name}.requests.json`);
    await writeFile(requests, JSON.stringify(this.scripted.requests, undefined, 2));
    return [...pictures, log, requests];
  }

  /** Cleans up between two tests. */
  async clear(): Promise<void> {
    await Promise.all(this.contexts.map((context) => context.close()));
    await Promise.all(this.folders.map(removeFolder));
    for (const list of [this.contexts, this.windows, this.folders]) {
      list.length = 0;
    }
    const port = Number(new URL(this.scripted.url).port);
    await this.scripted.close();
    this.scripted = await startScriptedServer({ ...this.options.service, port });
    if (this.isConfigured) {
      await this.configure({});
      this.isConfigured = false;
    }
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.vscode.stop();
    await this.scripted.close();
  }
}

function machineSettings({ engine }: StageOptions, service: ScriptedServer): Record<string, unknown> {
  return {
    'steno.region': 'custom',
    'steno.customBaseUrl': service.url,
    ...(engine === undefined ? {} : { 'steno.engine': engine }),
  };
}
