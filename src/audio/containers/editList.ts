import type { FileHandle } from 'node:fs/promises';
import { readAt } from '../../node/readRange';
import { boxes, findBox, maxIndexBytes, type Box } from './mp4Boxes';

/** A part of a track that is heard. Times are in seconds. */
export interface Edit {
  /** When it begins in the sound. */
  readonly start: number;
  /** From where to where it lies by the clock of the packets, which shows 0 where the first part begins. */
  readonly from: number;
  readonly to: number;
}

/** How often the clocks of a track and of the whole file tick in a second, and how long the track is without edits. */
interface Clocks {
  readonly movieTicks: number;
  readonly trackTicks: number;
  readonly seconds: number;
}

/** Where less is left out at the end, it is an encoder's padding, which the table of samples leaves out as well. */
const leastCutSeconds = 0.1;
/** A list that repeats parts until they take longer than this many times the track is damaged. */
const maxTimes = 2;

/**
 * Reads which parts of a track are heard where a program has cut it without writing its sound anew, as phones do. ISO/IEC 14496-12,
 * section 8.6.6.
 *
 * @param trackId as the file numbers it
 * @returns undefined where all is heard from some place on, and where the file is damaged
 */
export async function editsOf(
  file: FileHandle,
  fileBytes: number,
  trackId: number,
): Promise<readonly Edit[] | undefined> {
  const index = await findBox(file, 'moov', 0, fileBytes);
  if (!index || index.end - index.start > maxIndexBytes) {
    return undefined;
  }
  const bytes = await readAt(file, index.start, index.end - index.start);
  const parts = [...boxes(bytes, 0, bytes.length)];
  const track = parts.find((part) => part.type === 'trak' && trackIdOf(bytes, part) === trackId);
  const list = track && inside(bytes, track, 'edts', 'elst');
  const header = track && inside(bytes, track, 'mdia', 'mdhd');
  const movie = parts.find(({ type }) => type === 'mvhd');
  if (!list || !header || !movie || parts.some(({ type }) => type === 'mvex')) {
    return undefined;
  }
  const { ticks: trackTicks, seconds } = readClock(bytes, header);
  return readEdits(bytes, list, { movieTicks: readClock(bytes, movie).ticks, trackTicks, seconds });
}

function readEdits(bytes: Buffer, list: Box, clocks: Clocks): readonly Edit[] | undefined {
  const edits: Edit[] = [];
  let start = 0;
  let shift: number | undefined;
  for (const { seconds, time } of entries(bytes, list, clocks)) {
    if (time !== undefined) {
      shift ??= start - time;
      edits.push({ start, from: time + shift, to: time + shift + seconds });
    }
    start += seconds;
  }
  const [first, ...others] = edits;
  const isCut = first && (others.length > 0 || first.to < clocks.seconds + (shift ?? 0) - leastCutSeconds);
  const isLikely = start <= maxTimes * clocks.seconds && edits.every(({ from, to }) => to > from);
  return isCut && isLikely ? edits : undefined;
}

/** A part as the list has it, in seconds: how long it is, and when it begins in the track; undefined for a pause. */
interface Entry {
  readonly seconds: number;
  readonly time: number | undefined;
}

function* entries(bytes: Buffer, { start, end }: Box, { movieTicks, trackTicks }: Clocks): Generator<Entry> {
  const isLong = bytes[start] === 1;
  const size = isLong ? 20 : 12;
  for (let at = start + 8; at + size <= Math.min(end, bytes.length); at += size) {
    const length = isLong ? Number(bytes.readBigUInt64BE(at)) : bytes.readUInt32BE(at);
    const time = isLong ? Number(bytes.readBigInt64BE(at + 8)) : bytes.readInt32BE(at + 4);
    yield { seconds: length / movieTicks, time: time < 0 ? undefined : time / trackTicks };
  }
}

function inside(bytes: Buffer, outer: Box, name: string, inner: string): Box | undefined {
  const middle = [...boxes(bytes, outer.start, outer.end)].find(({ type }) => type === name);
  return middle && [...boxes(bytes, middle.start, middle.end)].find(({ type }) => type === inner);
}

function trackIdOf(bytes: Buffer, track: Box): number | undefined {
  const header = [...boxes(bytes, track.start, track.end)].find(({ type }) => type === 'tkhd');
  const at = header && header.start + (bytes[header.start] === 1 ? 20 : 12);
  return at === undefined || at + 4 > bytes.length ? undefined : bytes.readUInt32BE(at);
}

/** Of a track or of the whole file. */
function readClock(bytes: Buffer, { start, end }: Box): { readonly ticks: number; readonly seconds: number } {
  const isLong = bytes[start] === 1;
  const at = start + (isLong ? 20 : 12);
  if (at + 12 > Math.min(end, bytes.length)) {
    return { ticks: NaN, seconds: NaN };
  }
  const ticks = bytes.readUInt32BE(at);
  const length = isLong ? Number(bytes.readBigUInt64BE(at + 4)) : bytes.readUInt32BE(at + 4);
  return { ticks, seconds: length / ticks };
}
