import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

export const usage = `Usage: node server.js [options]

Recognises English speech on this machine, behind the part of AssemblyAI's HTTP API that is for recordings.
Prints "listening on http://127.0.0.1:<port>" as soon as it does.

  --port <n>             port on 127.0.0.1; 0 takes a free one (default 0)
  --key <key>            API key that callers have to send; better given as STENO_LOCAL_KEY, since other
                         users of the machine can read arguments. Without either, a random one is made
                         and printed to the terminal
  --data <folder>        where uploads and transcripts are kept (default: a folder in the user's cache)
  --keep-uploads <h>     hours until an upload without a job is removed (default 24)
  --keep-transcripts <d> days until a finished transcript is removed (default 30)
  --idle-minutes <n>     ends after so many minutes without a job and a request; 0: never (default 0)
  --end-with-stdin       ends when its standard input ends
  --sweep                only removes what is old in the folder
  --help                 prints this

Exit codes: 0 ended as asked, 1 failed, 2 wrong options, 3 another server is using the folder,
4 the port cannot be had.`;

/** How the server is to run. */
export interface ServerOptions {
  readonly port: number;
  /** Undefined: a random one is to be made. */
  readonly key: string | undefined;
  readonly dataFolder: string;
  readonly keepUploadsHours: number;
  readonly keepTranscriptsDays: number;
  /** 0: for ever. */
  readonly idleMinutes: number;
  readonly endWithStdin: boolean;
  /** Not to serve at all, but to remove what is old. */
  readonly isSweep: boolean;
}

/** The arguments make no sense; the message says why. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Where programs keep what they can do without, by the manners of each system. */
export function defaultDataFolder(platform: string, environment: Environment, home: string): string {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = environment;
  switch (platform) {
    case 'win32':
      return join(local ?? join(home, 'AppData', 'Local'), 'steno', 'local-server');
    case 'darwin':
      return join(home, 'Library', 'Caches', 'steno', 'local-server');
    default:
      return join(xdg === undefined || xdg === '' ? join(home, '.cache') : xdg, 'steno', 'local-server');
  }
}

function readNumber(name: string, text: string, max: number): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= max)) {
    throw new UsageError(`--${name} must be a number from 0 to ${max}`);
  }
  return value;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '0' },
        key: { type: 'string' },
        data: { type: 'string' },
        'keep-uploads': { type: 'string', default: '24' },
        'keep-transcripts': { type: 'string', default: '30' },
        'idle-minutes': { type: 'string', default: '0' },
        'end-with-stdin': { type: 'boolean', default: false },
        sweep: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (thrown) {
    throw new UsageError(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

/**
 * Reads the arguments of the program; undefined when it is only to explain itself.
 *
 * @throws UsageError
 */
export function readOptions(args: readonly string[], environment: Environment): ServerOptions | undefined {
  const values = parse(args);
  if (values.help) {
    return undefined;
  }
  const port = readNumber('port', values.port, 65_535);
  if (!Number.isInteger(port)) {
    throw new UsageError('--port must be a whole number');
  }
  const key = values.key ?? environment['STENO_LOCAL_KEY'];
  if (key !== undefined && !/^[\x21-\x7e]+$/.test(key)) {
    throw new UsageError('The key must consist of visible ASCII characters');
  }
  return {
    port,
    key,
    dataFolder: values.data ?? defaultDataFolder(process.platform, environment, homedir()),
    keepUploadsHours: readNumber('keep-uploads', values['keep-uploads'], 1e6),
    keepTranscriptsDays: readNumber('keep-transcripts', values['keep-transcripts'], 1e5),
    idleMinutes: readNumber('idle-minutes', values['idle-minutes'], 1e6),
    endWithStdin: values['end-with-stdin'],
    isSweep: values.sweep,
  };
}
