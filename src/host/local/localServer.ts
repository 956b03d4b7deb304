import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import { parseBaseUrl, type BaseUrl } from '../../assemblyai/baseUrl';
import { asFailure, Failure } from '../../core/failures/failure';
import type { HostLog } from '../platform/log';

/** A server that answers. */
export interface RunningServer {
  readonly baseUrl: BaseUrl;
  /** Made for this one process, and known to it and this window only. */
  readonly key: string;
  /** Aborted when the process has ended. */
  readonly ended: AbortSignal;
}

export interface LocalServerOptions {
  /** The path of the server's program. */
  readonly program: string;
  /** Where servers keep uploads and jobs: a folder for each that runs at the same time. */
  readonly dataRoot: string;
  readonly idleMinutes: () => number;
  readonly log: Pick<HostLog, 'conceal' | 'info'>;
}

/** The exit code of a server whose folder another running server uses. */
const folderInUse = 3;

/** How many windows of VS Code can have a server of their own at the same time. */
const maxServers = 16;

const announcement = /^listening on (http:\/\/127\.0\.0\.1:\d+)$/;

/**
 * The speech server of this window. It is started when it is first needed, and again after it ended because it was idle or
 * crashed. It ends with this process in any case, since its standard input closes then.
 */
export class LocalServer {
  private starting: Promise<RunningServer> | undefined;
  private process: ChildProcess | undefined;

  constructor(private readonly options: LocalServerOptions) {}

  /** @throws Failure `localServerFailed` */
  running(): Promise<RunningServer> {
    this.starting ??= this.start();
    return this.starting;
  }

  /** Lets the server end in good order. If it were killed, its job would count as one that crashes servers. */
  dispose(): void {
    this.process?.stdin?.end();
  }

  private async start(): Promise<RunningServer> {
    try {
      for (let number = 1; number <= maxServers; number++) {
        const server = await this.startIn(path.join(this.options.dataRoot, String(number)));
        if (server !== undefined) {
          server.ended.addEventListener('abort', () => (this.starting = undefined));
          void this.sweepAllBut(number);
          if (server.ended.aborted) {
            // It ended right after it had announced its address.
            this.starting = undefined;
          }
          return server;
        }
      }
      throw new Failure('localServerFailed', 'Every folder for its data is in use');
    } catch (thrown) {
      this.starting = undefined;
      const failure = asFailure(thrown);
      // For example a folder that cannot be made, or a process that cannot be started.
      throw failure.kind === 'unexpected'
        ? new Failure('localServerFailed', failure.message, { cause: thrown })
        : failure;
    }
  }

  /** Removes what is old in the folders of closed windows, which have no server of their own to do so. */
  private async sweepAllBut(own: number): Promise<void> {
    const { program, dataRoot, log } = this.options;
    for (let number = 1; number <= maxServers; number++) {
      const folder = path.join(dataRoot, String(number));
      if (number !== own && existsSync(folder)) {
        const code = await exitOf(
          spawn(process.execPath, [program, '--data', folder, '--sweep'], {
            env: environment(''),
            stdio: 'ignore',
            windowsHide: true,
          }),
        );
        log.info(`Swept ${folder} (${code})`);
      }
    }
  }

  /** Undefined when another server works in that folder. */
  private async startIn(folder: string): Promise<RunningServer | undefined> {
    const { program, idleMinutes, log } = this.options;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const key = randomBytes(32).toString('hex');
    log.conceal(key);
    const child = spawn(
      process.execPath,
      [program, '--data', folder, '--idle-minutes', String(idleMinutes()), '--end-with-stdin'],
      { env: environment(key), stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true },
    );
    this.process = child;
    // Writing to a process that has just died must not fail: its end is noticed below.
    child.stdin.on('error', () => undefined);
    let reason = 'It ended before it was ready';
    createInterface({ input: child.stderr }).on('line', (line) => {
      log.info(`Speech server: ${line}`);
      reason = moreTelling(reason, line);
    });
    const ended = new AbortController();
    const exit = exitOf(child);
    void exit.then((code) => {
      ended.abort();
      log.info(`The speech server ended (${code})`);
    });
    const url = await announcedUrl(child);
    if (url === undefined) {
      const code = await exit;
      if (code === folderInUse) {
        return undefined;
      }
      throw new Failure('localServerFailed', reason, { code: `exit ${code}` });
    }
    log.info(`The speech server listens on ${url}`);
    return { baseUrl: parseBaseUrl(url), key, ended: ended.signal };
  }
}

/** The line that says best why the server does not start: of the many lines that Node prints of an error, one names it. */
const moreTelling = (line: string, next: string): string =>
  /^\w*Error\b/.test(line) || !/\w/.test(next) ? line : next;

const withheld: ReadonlySet<string> = new Set(['ASSEMBLYAI_API_KEY', 'NODE_OPTIONS']);

/**
 * The part of this process's environment that the server gets: no key, and nothing that changes how Node starts. On
 * Windows, names of variables may be in any case.
 */
function environment(key: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !withheld.has(name.toUpperCase()));
  return {
    ...Object.fromEntries(kept),
    // VS Code on the desktop is its own Node.
    ELECTRON_RUN_AS_NODE: '1',
    // Without this, glibc (mallopt(3)) keeps 100 MB that compiling the WebAssembly needs for a moment.
    MALLOC_ARENA_MAX: '1',
    STENO_LOCAL_KEY: key,
  };
}

/** The exit code, once all output is read; -1 for a process that could not be started or was killed. */
async function exitOf(child: ChildProcess): Promise<number> {
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    return code ?? -1;
  } catch {
    return -1;
  }
}

async function announcedUrl(child: ChildProcess): Promise<string | undefined> {
  if (child.stdout === null) {
    return undefined;
  }
  for await (const line of createInterface({ input: child.stdout })) {
    const url = announcement.exec(line)?.[1];
    if (url !== undefined) {
      return url;
    }
  }
  return undefined;
}
