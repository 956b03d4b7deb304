import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openSound } from '../../src/audio/openSound';
import { sampleRate, type Sound } from '../../src/audio/sound/sound';
import { ffmpeg } from '../support/ffmpeg';
import { fixturePath } from '../support/fixtures';
import { seededRandom } from '../support/seededRandom';
import { kinds, type Kind } from './seekKinds';

/** Of the recordings in which all is compared; their first minutes are those of the long ones. */
const sourceSeconds = 300;
const starts = 50;
/** Compared behind each start. */
const heardSamples = 2 * sampleRate;
const defaultHours = 2;

/** How starts all over a recording compare with a decoding from the beginning. */
interface Likeness {
  readonly exact: number;
  /** Of those that are not exact: the least and the median, in dB; null where all are. */
  readonly leastRatio: number | null;
  readonly medianRatio: number | null;
}

/** What a step takes, in a separate process. */
interface Cost {
  readonly ms: number;
  readonly megabytes: number;
}

interface Costs {
  readonly open: Cost;
  /** The first start, a minute before the end. */
  readonly first: Cost;
  /** Another one, in the middle. */
  readonly another: Cost;
  /** Of what is heard there. */
  readonly samples: number;
}

const run = promisify(execFile);

/** What the process has read until now, from files and otherwise; NaN where the system does not tell. */
async function megabytesRead(): Promise<number> {
  const io = await readFile('/proc/self/io', 'latin1').catch(() => '');
  return Number(/rchar: (\d+)/.exec(io)?.[1] ?? NaN) / 1e6;
}

async function measure(work: () => Promise<void>): Promise<Cost> {
  const before = await megabytesRead();
  const begun = performance.now();
  await work();
  return { ms: performance.now() - begun, megabytes: (await megabytesRead()) - before };
}

async function samplesFrom(sound: Sound, seconds: number, count: number): Promise<Float32Array> {
  const samples = new Float32Array(count);
  let length = 0;
  for await (const block of sound.samples('mix', seconds)) {
    const part = block.subarray(0, count - length);
    samples.set(part, length);
    length += part.length;
    if (length === count) {
      break;
    }
  }
  return samples.subarray(0, length);
}

async function compare(path: string): Promise<Likeness> {
  const sound = await openSound(path);
  const all = await samplesFrom(sound, 0, (sourceSeconds + 10) * sampleRate);
  const random = seededRandom(1);
  const ratios: number[] = [];
  for (let start = 0; start < starts; start++) {
    const seconds = (random() * all.length) / sampleRate;
    const from = Math.round(seconds * sampleRate);
    const wanted = all.subarray(from, from + heardSamples);
    const heard = await samplesFrom(sound, seconds, heardSamples);
    const ratio = heard.length === wanted.length ? signalToNoise(wanted, heard) : -Infinity;
    if (ratio !== Infinity) {
      ratios.push(ratio);
    }
  }
  await sound.close();
  ratios.sort((a, b) => a - b);
  return {
    exact: starts - ratios.length,
    leastRatio: ratios[0] ?? null,
    medianRatio: ratios[Math.floor(ratios.length / 2)] ?? null,
  };
}

function signalToNoise(wanted: Float32Array, heard: Float32Array): number {
  const signal = wanted.reduce((sum, sample) => sum + sample ** 2, 0);
  const noise = wanted.reduce((sum, sample, i) => sum + (sample - heard[i]!) ** 2, 0);
  return noise === 0 ? Infinity : 10 * Math.log10(signal / noise);
}

async function cost(path: string, seconds: number): Promise<Costs> {
  let sound: Sound | undefined;
  const open = await measure(async () => void (sound = await openSound(path)));
  let samples = 0;
  const start = (from: number) =>
    measure(async () => {
      for await (const block of sound!.samples('mix', from)) {
        samples = block.length;
        if (block.length > 0) {
          break;
        }
      }
    });
  const first = await start(seconds - 60);
  const heard = samples;
  const another = await start(seconds / 2);
  await sound?.close();
  return { open, first, another, samples: heard };
}

/** Five minutes of voices and a tone, different in each channel. */
function makeSource(path: string): void {
  const voice = (name: string) => ['-stream_loop', '-1', '-i', fixturePath(name)];
  const mono = 'aresample=48000,aformat=channel_layouts=mono';
  const tone = '0.1*sin(2*PI*(300+200*sin(t/7))*t)*lt(mod(t\\,13)\\,4)';
  ffmpeg([
    ...voice('voices/four-voices.mp3'),
    ...voice('dialogue/dialogue.mp3'),
    ...['-f', 'lavfi', '-i', `aevalsrc=exprs=${tone}:s=48000`],
    ...['-t', String(sourceSeconds), '-filter_complex'],
    `[0]${mono}[a];[1]${mono}[b];[a][2]amix=inputs=2:normalize=0[l];[l][b]join=inputs=2:channel_layout=stereo`,
    ...['-c:a', 'pcm_s16le', path],
  ]);
}

/** @param rounds how often the source is repeated: while it is encoded, or its packets are */
function makeRecording(kind: Kind, source: string, path: string, rounds: number): void {
  const video = kind.video === true ? '-f lavfi -i testsrc2=s=640x360:r=25'.split(' ') : [];
  const encode = kind.args.split(' ');
  const write = (kind.write ?? '').split(' ').filter(Boolean);
  const loop = (times: number) => ['-stream_loop', String(times - 1)];
  const length = ['-t', String(sourceSeconds * rounds)];
  if (rounds === 1 || kind.isEncodedWhole === true) {
    ffmpeg([...loop(rounds), '-i', source, ...video, ...length, ...encode, ...write, path]);
    return;
  }
  const part = `${path}.part.${kind.suffix}`;
  ffmpeg(['-i', source, ...video, '-t', String(sourceSeconds), ...encode, ...write, part]);
  ffmpeg([...loop(rounds), '-i', part, '-map', '0', '-c', 'copy', ...write, path]);
}

async function child<T>(...args: readonly string[]): Promise<T> {
  const { stdout } = await run(process.execPath, [__filename, ...args]);
  return JSON.parse(stdout) as T;
}

const row = (cells: readonly string[]): void =>
  console.log(`| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(44) : cell.padStart(15))).join(' | ')} |`);
const shown = ({ ms, megabytes }: Cost): string => `${ms.toFixed(0)} ms ${megabytes.toFixed(1)} MB`;

async function bench(hours: number, wanted: RegExp): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'steno-seek-'));
  try {
    const source = join(folder, 'source.wav');
    makeSource(source);
    row([
      '',
      `exact of ${starts}`,
      'dB, least',
      'dB, median',
      'size',
      'open',
      'first start',
      'another start',
    ]);
    for (const kind of kinds.filter(({ name }) => wanted.test(name))) {
      const path = join(folder, `recording.${kind.suffix}`);
      makeRecording(kind, source, path, 1);
      const { exact, leastRatio, medianRatio } = await child<Likeness>('compare', path);
      const decibels = [leastRatio, medianRatio].map((ratio) => ratio?.toFixed(0) ?? '');
      const rounds = Math.round((hours * 3600) / sourceSeconds);
      makeRecording(kind, source, path, rounds);
      const { size } = await stat(path);
      const costs = await child<Costs>('cost', path, String(rounds * sourceSeconds));
      const times = [costs.open, costs.first, costs.another].map(shown);
      row([
        kind.name,
        String(exact),
        ...decibels,
        `${(size / 1e6).toFixed(0)} MB`,
        ...times,
        costs.samples > 0 ? '' : 'nothing heard',
      ]);
      await rm(path);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * Starts in the middle of recordings of all kinds: 50 of them beside a decoding from the beginning, and what one costs in the
 * last minute of two hours. `-- 10` for ten hours, `-- 2 mp3` for kinds of that name only.
 */
async function main([what, path = '', seconds]: readonly string[]): Promise<void> {
  switch (what) {
    case 'compare':
      console.log(JSON.stringify(await compare(path)));
      return;
    case 'cost':
      console.log(JSON.stringify(await cost(path, Number(seconds))));
      return;
    default:
      await bench(Number(what ?? defaultHours), new RegExp(path, 'i'));
  }
}

void main(process.argv.slice(2));
