import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { durationOf } from '../../src/audio/duration';
import { openSound } from '../../src/audio/openSound';
import { sampleRate } from '../../src/audio/sound/sound';
import { fixturePath } from '../support/fixtures';
import { main } from '../support/vscode/program';
import { formats, type Format } from './durationFormats';

/** A length in seconds, as one reader knows it; undefined where it does not. */
type Length = number | undefined;

interface Row {
  readonly family: string;
  readonly format: string;
  readonly extension: Length;
  readonly server: Length;
  readonly decoded: Length;
  /** What ffprobe says of the first sound track, of the file, and how much ffmpeg decodes. */
  readonly ffprobe: readonly Length[];
  readonly milliseconds: number;
}

const seconds = 12.345;
/** What our own figures may differ by, and what the extension's may differ from ffmpeg's; more is marked, by `!` and `?`. */
const maxApart = 0.001;
const maxOff = 0.03;
const recordingSuffix = /\.(mp3|m4a|mp4|wav|aiff|flac|aac|ogg|opus|mka|webm)$/;

/**
 * How long recordings are, in seconds: as the extension says, as the speech server says, as much as it decodes; as ffprobe says of
 * the sound track and of the file, as much as ffmpeg decodes. Then how far our own figures are apart, and how far the
 * extension's is off the nearest of ffmpeg's, in ms, and how many ms it took. The command line may name families of formats.
 */
main(async () => {
  const wanted = process.argv.slice(2);
  const folder = mkdtempSync(join(tmpdir(), 'steno-durations-'));
  try {
    const source = join(folder, 'source.wav');
    run(
      `ffmpeg -v error -y -i "${fixturePath('dialogue', 'dialogue.mp3')}" -t ${seconds} -ac 2 -ar 44100 ${source}`,
    );
    const rows: Row[] = [];
    for (const path of wanted.length === 0 ? fixtures() : []) {
      rows.push(printed(await measure('fixtures', basename(path), path)));
    }
    for (const [number, format] of formats.entries()) {
      if (wanted.length > 0 && !wanted.includes(format.family)) {
        continue;
      }
      const path = make(format, source, join(folder, `${number}`));
      if (path === undefined) {
        console.log(`Not made: ${format.command}`);
        continue;
      }
      rows.push(printed(await measure(format.family, nameOf(format), path)));
    }
    printSummary(rows);
    return 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function fixtures(): string[] {
  return ['audio', 'aac', 'recordings', 'videos', 'dialogue', 'voices'].flatMap((folder) =>
    readdirSync(fixturePath(folder))
      .filter((name) => recordingSuffix.test(name))
      .map((name) => fixturePath(folder, name)),
  );
}

function nameOf({ suffix, command }: Format): string {
  const args = command
    .replaceAll('ffmpeg -v error -y', 'ffmpeg')
    .replaceAll(/-f lavfi -t (\d+) -i testsrc2=s=64x64:r=10/g, '[picture of $1 s]')
    .replaceAll(/ ?\$OUT$| -i \$IN/g, '')
    .replaceAll('-map 0:v -map 1:a ', '');
  return `${suffix}: ${args}`;
}

function make({ suffix, command }: Format, source: string, folder: string): string | undefined {
  mkdirSync(folder);
  const path = join(folder, `made.${suffix}`);
  const made = run(command, { IN: source, OUT: path });
  return made !== undefined && existsSync(path) ? path : undefined;
}

/** @returns what the command prints; undefined where it fails */
function run(command: string, environment: Readonly<Record<string, string>> = {}): Buffer | undefined {
  const { stdout, status } = spawnSync('sh', ['-c', command], {
    env: { ...process.env, ...environment },
    maxBuffer: 2 ** 30,
  });
  return status === 0 ? stdout : undefined;
}

async function measure(family: string, format: string, path: string): Promise<Row> {
  const began = performance.now();
  const extension = (await durationOf(path)) ?? undefined;
  const milliseconds = performance.now() - began;
  const { server, decoded } = await heard(path);
  const probe = (entries: string): Length =>
    positive(run(`ffprobe -v error ${entries} -of csv=p=0 "$IN" | head -1`, { IN: path })?.toString());
  const samples = run('ffmpeg -v quiet -i "$IN" -map 0:a:0 -ac 1 -ar 16000 -f f32le -', { IN: path });
  return {
    family,
    format,
    extension,
    server,
    decoded,
    ffprobe: [
      probe('-select_streams a:0 -show_entries stream=duration'),
      probe('-show_entries format=duration'),
      samples === undefined || samples.length === 0 ? undefined : samples.length / 4 / sampleRate,
    ],
    milliseconds,
  };
}

function positive(text: string | undefined): Length {
  const value = parseFloat(text ?? '');
  return value > 0 ? value : undefined;
}

async function heard(path: string): Promise<{ server: Length; decoded: Length }> {
  let server: Length;
  try {
    const sound = await openSound(path);
    try {
      server = sound.durationSeconds;
      let samples = 0;
      for await (const block of sound.samples('mix')) {
        samples += block.length;
      }
      return { server, decoded: samples / sampleRate };
    } finally {
      await sound.close();
    }
  } catch {
    return { server, decoded: undefined };
  }
}

/** How far apart our own figures are. */
function apart({ extension, server, decoded }: Row): number {
  const own = [extension, server, decoded].filter((each) => each !== undefined);
  const isMissing = decoded !== undefined && own.length < 3;
  return isMissing ? Infinity : Math.max(0, Math.max(...own) - Math.min(...own));
}

/** How far the extension's figure is from the nearest of ffmpeg's. */
function off({ extension, ffprobe }: Row): number {
  if (extension === undefined) {
    return ffprobe.some((each) => each !== undefined) ? Infinity : 0;
  }
  const distances = ffprobe.flatMap((each) => (each === undefined ? [] : [Math.abs(each - extension)]));
  return Math.min(...distances);
}

const ms = (value: number): string => (value === Infinity ? '-' : (value * 1000).toFixed(1));
const s = (value: Length): string => value?.toFixed(4) ?? '-';

function printed(row: Row): Row {
  const { family, format, extension, server, decoded, ffprobe, milliseconds } = row;
  const marks = `${apart(row) > maxApart ? '!' : ' '}${off(row) > maxOff ? '?' : ' '}`;
  const figures = [extension, server, decoded, ...ffprobe].map((each) => s(each).padStart(8)).join(' ');
  const differences = [apart(row), off(row)].map((each) => ms(each).padStart(7)).join(' ');
  console.log(
    `${marks} ${figures} | ${differences} | ${milliseconds.toFixed(0).padStart(4)} | ${family}, ${format}`,
  );
  return row;
}

function printSummary(rows: readonly Row[]): void {
  const families = [...new Set(rows.map(({ family }) => family))];
  console.table(
    families.map((family) => {
      const own = rows.filter((row) => row.family === family);
      const worst = (measure: (row: Row) => number): string => ms(Math.max(...own.map(measure)));
      return {
        family,
        formats: own.length,
        'apart, ms': worst(apart),
        'off, ms': worst(off),
        'slowest, ms': Math.max(...own.map(({ milliseconds }) => milliseconds)).toFixed(0),
      };
    }),
  );
}
