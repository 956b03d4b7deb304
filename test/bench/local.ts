import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { AssemblyAI, type Transcript } from 'assemblyai';
import { fixturePath } from '../support/fixtures';
import { projectPath } from '../support/projectPath';
import { compareWords, readReference, type TimedWord } from '../support/reference';
import { temporaryFolder } from '../support/vscode/workspace';
import { main } from '../support/vscode/program';

/** A server of its own process, and what can be told of it from outside. */
interface Server {
  readonly client: AssemblyAI;
  readonly startMs: number;
  cpuSeconds(): number;
  peakMegabytes(): number;
  stop(): Promise<void>;
}

/** One recording's figures. */
interface Row {
  readonly recording: string;
  readonly seconds: number;
  readonly wer: string;
  readonly attribution: string;
  readonly speakers: string;
  readonly 'word start, median/90 %': string;
  readonly 'times real time': string;
  readonly 'cpu s per s': string;
}

const key = 'bench';

/**
 * Accuracy and cost of the speech server on recordings whose words are known: those of the fixtures, or those that
 * the command line names, each with its `.json` beside it.
 */
main(async () => {
  const recordings = process.argv.slice(2);
  const server = await startServer();
  try {
    const rows: Row[] = [];
    for (const recording of recordings.length > 0 ? recordings : fixtures()) {
      rows.push(await measure(server, recording));
    }
    console.table(rows);
    console.log(`Start-up to the first answer: ${(server.startMs / 1000).toFixed(2)} s`);
    console.log(`Peak memory of the server: ${server.peakMegabytes().toFixed(0)} MB`);
    return 0;
  } finally {
    await server.stop();
  }
});

function fixtures(): string[] {
  const voices = fixturePath('voices');
  const more = existsSync(voices) ? readdirSync(voices).filter((file) => file.endsWith('.mp3')) : [];
  return [fixturePath('dialogue', 'dialogue.mp3'), ...more.sort().map((file) => join(voices, file))];
}

async function measure(server: Server, recording: string): Promise<Row> {
  const reference = await readReference(recording);
  const [beganMs, beganCpu] = [performance.now(), server.cpuSeconds()];
  const transcript = await server.client.transcripts.transcribe(
    { audio: recording, speaker_labels: true, language_detection: true },
    { pollingInterval: 100 },
  );
  const seconds = (performance.now() - beganMs) / 1000;
  const cpu = server.cpuSeconds() - beganCpu;
  if (transcript.status !== 'completed') {
    throw new Error(`${recording}: ${transcript.error ?? transcript.status}`);
  }
  const { wordErrorRate, speakerAccuracy, speakersFound, startErrorsMs } = compareWords(
    reference,
    heardWords(transcript),
  );
  const audioSeconds = transcript.audio_duration ?? NaN;
  const errors = startErrorsMs.toSorted((one, other) => one - other);
  const quantile = (part: number): string => (errors[Math.floor(part * errors.length)] ?? NaN).toFixed(0);
  return {
    recording: basename(recording),
    seconds: audioSeconds,
    wer: percent(wordErrorRate),
    attribution: percent(speakerAccuracy),
    speakers: `${speakersFound} of ${new Set(reference.map(({ speaker }) => speaker)).size}`,
    'word start, median/90 %': `${quantile(0.5)}/${quantile(0.9)} ms`,
    'times real time': (audioSeconds / seconds).toFixed(1),
    'cpu s per s': (cpu / audioSeconds).toFixed(3),
  };
}

function heardWords({ words }: Transcript): TimedWord[] {
  return (words ?? []).map(({ text, start, end, speaker }) => ({
    text,
    speaker: speaker ?? '',
    startMs: start,
    endMs: end,
  }));
}

async function startServer(): Promise<Server> {
  const beganMs = performance.now();
  const child = spawn(
    process.execPath,
    [projectPath('dist/local/server.js'), '--data', await temporaryFolder('bench')],
    { env: { ...process.env, STENO_LOCAL_KEY: key }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const startMs = performance.now() - beganMs;
  const client = new AssemblyAI({ apiKey: key, baseUrl: line.replace('listening on ', '') });
  return {
    client,
    startMs,
    cpuSeconds: () => cpuSecondsOf(child),
    peakMegabytes: () => peakMegabytesOf(child),
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill();
      await gone;
    },
  };
}

/** Of the whole process, so far; NaN where there is no /proc. */
function cpuSecondsOf({ pid }: ChildProcess): number {
  const ticksPerSecond = 100;
  const fields = readProc(pid, 'stat').split(') ')[1]?.split(' ') ?? [];
  // proc(5): utime and stime are fields 14 and 15; the state, field 3, is the first after the name.
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** The most memory that was resident at a time; NaN where there is no /proc. */
function peakMegabytesOf({ pid }: ChildProcess): number {
  return (Number(/VmHWM:\s+(\d+) kB/.exec(readProc(pid, 'status'))?.[1]) * 1024) / 1e6;
}

function readProc(pid: number | undefined, file: string): string {
  try {
    return readFileSync(`/proc/${pid ?? ''}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

function percent(part: number): string {
  return `${(100 * part).toFixed(1)} %`;
}
