import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { AssemblyAI, type Transcript } from 'assemblyai';
import { projectPath } from './projectPath';
import type { TimedWord } from './reference';
import { temporaryFolder } from './vscode/workspace';

/** The packaged speech server in a child process. */
export interface SpeechServerProcess {
  readonly url: string;
  readonly key: string;
  readonly pid: number | undefined;
  /** What the server has written to standard error so far. */
  log(): string;
  /** CPU time since its start; NaN without /proc. */
  cpuSeconds(): number;
  /** Memory now (resident set size); NaN without /proc. */
  megabytes(): number;
  /** The most memory so far (resident set size); NaN without /proc. */
  peakMegabytes(): number;
  stop(): Promise<void>;
}

/** The API key of the server. */
export const speechServerKey = 'key-of-the-test';

/** Starts the server. It is listening when the promise resolves. */
export async function startSpeechServerProcess(): Promise<SpeechServerProcess> {
  const key = speechServerKey;
  const child = spawn(
    process.execPath,
    [projectPath('dist/local/server.js'), '--data', await temporaryFolder('speech')],
    // The extension sets MALLOC_ARENA_MAX as well.
    {
      env: { ...process.env, STENO_LOCAL_KEY: key, MALLOC_ARENA_MAX: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const died = once(child, 'exit').then(() => Promise.reject(new Error(`The server ended at once:\n${log}`)));
  // Later the server ends as it should, and nothing waits for this promise any more.
  died.catch(() => undefined);
  const [line] = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line') as Promise<[string]>,
    died,
  ]);
  return {
    url: line.replace('listening on ', ''),
    key,
    pid: child.pid,
    log: () => log,
    cpuSeconds: () => cpuSecondsOf(child),
    megabytes: () => memoryOf(child, 'VmRSS'),
    peakMegabytes: () => memoryOf(child, 'VmHWM'),
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill();
      await gone;
    },
  };
}

function cpuSecondsOf(child: ChildProcess): number {
  const ticksPerSecond = 100;
  const fields = readProc(child, 'stat').split(') ')[1]?.split(' ') ?? [];
  // proc(5): utime and stime are fields 14 and 15. The first field after the name in parentheses is field 3.
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

function memoryOf(child: ChildProcess, field: string): number {
  const kibibytes = new RegExp(`${field}:\\s+(\\d+) kB`).exec(readProc(child, 'status'))?.[1];
  return (Number(kibibytes) * 1024) / 1e6;
}

function readProc({ pid }: ChildProcess, file: string): string {
  try {
    return readFileSync(`/proc/${pid ?? ''}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

/** Transcribes a recording at the server. The transcript may be a failed one. */
export async function recognise(server: SpeechServerProcess, audio: string): Promise<Transcript> {
  const client = new AssemblyAI({ apiKey: server.key, baseUrl: server.url });
  const parameters = { audio, speaker_labels: true, language_detection: true };
  return client.transcripts.transcribe(parameters, { pollingInterval: 50 });
}

/** The words of a transcript, for a comparison with the reference. */
export function wordsOf({ words }: Transcript): TimedWord[] {
  return (words ?? []).map(({ text, start, end, speaker }) => ({
    text,
    speaker: speaker ?? '',
    startMs: start,
    endMs: end,
  }));
}
