import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/** The help text of the program. */
export const usage = `Usage: node server.js [options]

Recognizes English speech on this machine and offers it through the part of AssemblyAI's HTTP API
that transcribes recordings. Prints "listening on http://127.0.0.1:<port>" when it is ready.

  --port <n>              Port on 127.0.0.1; 0 chooses a free port (default: 0)
  --key <key>             API key that clients must send. Prefer the environment variable STENO_LOCAL_KEY,
                          because other users of the machine can see arguments. If there is no key and the
                          output goes to a terminal, a random key is made and printed
  --data <folder>         Folder for uploads and transcripts (default: a folder in your cache)
  --keep-uploads <n>      Remove uploads without a job after this many hours (default: 24)
  --keep-transcripts <n>  Remove transcripts after this many days (default: 30)
  --idle-minutes <n>      End after this many minutes without jobs and requests; 0: never (default: 0)
  --end-with-stdin        End when standard input ends
  --sweep                 Remove old uploads and transcripts and end, without serving
  --help                  Show this help

Exit codes: 0 ended normally, 1 failed, 2 wrong options, 3 another server is using the folder,
4 the port is not available.`;

/** How to run the program. */
export interface ServerOptions {
  /** 0: any free port. */
  readonly port: number;
  /** Undefined: none was given. */
  readonly key: string | undefined;
  readonly dataFolder: string;
  readonly keepUploadsHours: number;
  readonly keepTranscriptsDays: number;
  /** 0: do not end when idle. */
  readonly idleMinutes: number;
  readonly endWithStdin: boolean;
  /** Whether to remove old files and end, without serving. */
  readonly isSweep: boolean;
}

/** The arguments are wrong; the message says why. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The folder for uploads and transcripts in the user's cache, which has a different place on each platform. */
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
 * Reads the arguments of the program.
 *
 * @param args without the program itself
 * @returns undefined if the arguments ask for help
 * @throws UsageError
 */
export function readServerOptions(
  args: readonly string[],
  environment: Environment,
): ServerOptions | undefined {
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
