import type { FileHandle } from 'node:fs/promises';
import { BlockReader } from './blockReader';
import { FrameIndex } from './frameIndex';
import { isFreeFormat, longestFreeFrame } from './freeFormat';
import { readHeaderFrame, type HeaderFrame } from './headerFrame';
import { readFrames, type Frame } from './readFrames';
import { skipTags, startOfLastTags } from './tags';

/** A file that is nothing but frames of MPEG audio or ADTS, and tags. */
export interface FrameFile {
  /** Perhaps one without sound, which describes the others. */
  readonly first: Frame;
  /** Where in the file the frames end. */
  readonly end: number;
  /** Finds the frame of a second. */
  readonly index: FrameIndex;
  /** How much of what is decoded comes before the sound, in seconds. */
  readonly leadSeconds: number;
  /** Where what follows the sound is an encoder's padding, in seconds; undefined where all that is decoded is sound. */
  readonly endSeconds: number | undefined;
  /** How long the sound is; undefined where its frames are too few to tell. */
  readonly seconds: number | undefined;
}

type Lengths = Pick<FrameFile, 'seconds' | 'endSeconds'>;

/** Frames from which it is seen whether they are of one bit rate. */
const beginningFrames = 64;
/** Frames in a row that are no coincidence, where something else stands before them. */
const enough = 4;
/**
 * Frames in so many bytes are counted one by one. That is an hour of speech, for which a fast disk takes a moment and a slow
 * network a few seconds; in more bytes, parts are measured.
 */
const mostCountedBytes = 2 ** 26;
const parts = 256;
const partBytes = 2 ** 15;

/**
 * Finds the frames of a file, however long, without an index of them.
 *
 * @param fileBytes the size of the file
 * @param mostBefore how many bytes other than tags there may be before the first frame
 * @returns undefined when the file has no frames
 */
export async function findFrames(
  file: FileHandle,
  fileBytes: number,
  mostBefore: number,
): Promise<FrameFile | 'freeFormat' | undefined> {
  const reader = BlockReader.of(file);
  const start = await skipTags(reader, 0);
  const end = await startOfLastTags(reader, fileBytes);
  const beginning = await take(readFrames(reader, start, end, mostBefore), beginningFrames);
  const [first] = beginning;
  if (!first || !isSure(beginning, start)) {
    return isFreeFormat(await reader.read(start, longestFreeFrame)) ? 'freeFormat' : undefined;
  }
  const header = readHeaderFrame(first.data);
  const isWhole = header === undefined || hasAllBytes(header, first, end);
  const index = new FrameIndex(() => BlockReader.of(file), beginning, end, isWhole);
  const leadSeconds = (header?.lead ?? 0) / first.span.sampleRate;
  const lengths =
    (isWhole ? toldLengths(header, first) : undefined) ??
    (await readLengths(index, reader, first.position, end, leadSeconds));
  return { first, end, index, leadSeconds, ...lengths };
}

async function take<T>(items: AsyncIterable<T>, count: number): Promise<T[]> {
  const taken: T[] = [];
  for await (const item of items) {
    taken.push(item);
    if (taken.length === count) {
      break;
    }
  }
  return taken;
}

/** @param start where the first frame should begin */
function isSure(beginning: readonly Frame[], start: number): boolean {
  const [first, ...others] = beginning.slice(0, enough);
  return first?.position === start || (others.length > 0 && others.every(({ lostBytes }) => lostBytes === 0));
}

/** What was cut off, or glued to another file, is not as long as its header says. */
function hasAllBytes({ bytes }: HeaderFrame, { position, span }: Frame, end: number): boolean {
  return bytes === undefined || Math.abs(end - position - bytes) <= span.bytes;
}

function toldLengths(header: HeaderFrame | undefined, { span }: Frame): Lengths | undefined {
  if (header?.samples === undefined) {
    return undefined;
  }
  const seconds = header.samples / span.sampleRate;
  return { seconds, endSeconds: header.lead === undefined ? undefined : seconds };
}

async function readLengths(
  index: FrameIndex,
  reader: BlockReader,
  start: number,
  end: number,
  leadSeconds: number,
): Promise<Lengths> {
  const decoded =
    end - start <= mostCountedBytes
      ? await index.countedSeconds()
      : ((await index.steadySeconds()) ?? (await sampledSeconds(reader, start, end)));
  return { seconds: decoded && decoded - leadSeconds, endSeconds: undefined };
}

/** How long all frames are, in seconds, by those in some parts of the file; undefined where there are none. */
async function sampledSeconds(reader: BlockReader, start: number, end: number): Promise<number | undefined> {
  let bytes = 0;
  let seconds = 0;
  for (let part = 0; part < parts; part++) {
    const from = start + Math.floor(((end - start - partBytes) * part) / (parts - 1));
    for await (const { span } of readFrames(reader, from, from + partBytes, partBytes)) {
      bytes += span.bytes;
      seconds += span.samples / span.sampleRate;
    }
  }
  return bytes > 0 ? ((end - start) * seconds) / bytes : undefined;
}
