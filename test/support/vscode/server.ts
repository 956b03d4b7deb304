import type { ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { artifactsRoot } from './paths';
import { prepareVscode, type PreparedVscode } from './prepare';
import { killTree, run, startTree } from './processes';
import { quietSettings } from './quietSettings';
import { removeFolder, temporaryFolder } from './workspace';

export interface ServerOptions {
  /** Packaged extensions to install before the start. */
  readonly vsix?: readonly string[];
  /** Settings of the user; application- and window-scoped ones are read from here. */
  readonly userSettings?: Readonly<Record<string, unknown>>;
  /** A remote window takes machine-scoped settings from the machine's own file and from nowhere else. */
  readonly machineSettings?: Readonly<Record<string, unknown>>;
  /** For the server and, through it, for the extension host; undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Whether folders open in Restricted Mode until the user trusts them. */
  readonly workspaceTrust?: boolean;
  /** Honours the test payload of a URL. Off for everything that a user would see. */
  readonly testDriver?: boolean;
  /** File name of the log under artifacts/logs, without extension. */
  readonly logName: string;
}

export interface VscodeServer {
  readonly url: string;
  readonly port: number;
  /** Of the process that starts the extension hosts. */
  readonly pid: number;
  readonly serverDataDir: string;
  readonly logFile: string;
  /** Replaces the settings of the machine; windows that are open take a moment to see that. */
  writeMachineSettings(settings: Readonly<Record<string, unknown>>): Promise<void>;
  stop(): Promise<void>;
}

const startTimeoutMs = 60_000;

/** Starts a VS Code that knows nothing but what the options say, on a free port. */
export async function startVscodeServer(options: ServerOptions): Promise<VscodeServer> {
  const vscode = await prepareVscode();
  const serverDataDir = await temporaryFolder('vscode');
  try {
    await writeSettings(serverDataDir, 'User', { ...quietSettings, ...options.userSettings });
    await writeSettings(serverDataDir, 'Machine', options.machineSettings ?? {});
    for (const vsix of options.vsix ?? []) {
      await run(vscode.node, serverArgs(serverDataDir, ['--install-extension', vsix]), {
        cwd: vscode.folder,
      });
    }
    const logFile = join(artifactsRoot, 'logs', `${options.logName}.log`);
    const child = await spawnServer(vscode, serverDataDir, logFile, options);
    const port = await listeningPort(child, logFile);
    return {
      url: `http://127.0.0.1:${port}`,
      port,
      pid: child.pid ?? Number.NaN,
      serverDataDir,
      logFile,
      writeMachineSettings: (settings) => writeSettings(serverDataDir, 'Machine', settings),
      stop: async () => {
        await end(child);
        await removeFolder(serverDataDir);
      },
    };
  } catch (thrown) {
    await removeFolder(serverDataDir);
    throw thrown;
  }
}

async function writeSettings(
  serverDataDir: string,
  who: 'User' | 'Machine',
  settings: object,
): Promise<void> {
  const folder = join(serverDataDir, 'data', who);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'settings.json'), JSON.stringify(settings, undefined, 2));
}

function serverArgs(serverDataDir: string, more: readonly string[]): string[] {
  return ['out/server-main.js', '--accept-server-license-terms', '--server-data-dir', serverDataDir, ...more];
}

async function spawnServer(
  vscode: PreparedVscode,
  serverDataDir: string,
  logFile: string,
  options: ServerOptions,
): Promise<ChildProcess> {
  const args = serverArgs(serverDataDir, [
    ...['--host', '127.0.0.1', '--port', '0', '--without-connection-token', '--telemetry-level', 'off'],
    // A window that is gone does not come back, and what it started is to end with it.
    ...['--reconnection-grace-time', '2'],
    ...(options.workspaceTrust === true ? [] : ['--disable-workspace-trust']),
    ...(options.testDriver === true ? ['--enable-smoke-test-driver'] : []),
  ]);
  await mkdir(join(logFile, '..'), { recursive: true });
  const log = createWriteStream(logFile);
  const child = startTree(vscode.node, args, {
    cwd: vscode.folder,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  return child;
}

function listeningPort(child: ChildProcess, logFile: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (what: string) => {
      killTree(child);
      reject(new Error(`VS Code's server ${what}; see ${logFile}`));
    };
    const timer = setTimeout(() => fail('did not start in time'), startTimeoutMs);
    child.once('error', (error) => fail(`could not be started: ${error.message}`));
    child.once('exit', (code) => fail(`ended with ${code ?? 'a signal'} at its start`));
    let printed = '';
    const look = (chunk: Buffer): void => {
      printed += chunk.toString();
      // With the end of its line, before which the number may go on.
      const port = /Extension host agent listening on (\d+)\s/.exec(printed)?.[1];
      if (port !== undefined) {
        clearTimeout(timer);
        child.stdout?.off('data', look);
        resolve(Number(port));
      }
    };
    child.stdout?.on('data', look);
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    killTree(child);
    await gone;
  }
}
