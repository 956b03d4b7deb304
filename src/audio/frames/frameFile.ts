import type { FileHandle } from 'node:fs/promises';
import { BlockReader } from './blockReader';
import { FrameIndex } from './frameIndex';
import { isFreeFormat, longestFreeFrame } from './freeFormat';
import { readHeaderFrame, type HeaderFrame } from './headerFrame';
import { readFrames, type Frame } from './readFrames';
import { skipTags, startOfLastTags } from './tags';

/** A file of MPEG audio or ADTS frames, perhaps with tags around them. */
export interface FrameFile {
  /** May be one without sound, which describes the others. */
  readonly first: Frame;
  /** Where in the file the frames end. */
  readonly end: number;
  /** Finds the frame of a second. */
  readonly index: FrameIndex;
  /** How much of what is decoded precedes the sound, in seconds. */
  readonly leadSeconds: number;
  /** When the sound ends and an encoder's padding follows, in seconds; undefined where everything that is decoded is sound. */
  readonly endSeconds: number | undefined;
  /** How long the sound is; undefined where no frames are found. */
  readonly seconds: number | undefined;
}

type Lengths = Pick<FrameFile, 'seconds' | 'endSeconds'>;

/** How many frames show whether all have one bit rate. */
const beginningFrames = 64;
/** So many frames in a row are no coincidence, even if something else precedes them. */
const enough = 4;
/**
 * Up to so many bytes, the frames are counted one by one. That is about an hour of speech, and takes less than a second from a
 * disk and some seconds over a slow network. In longer files, parts are measured.
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

/** Whether the file is as long as its header says: it may have been cut off, or joined to another. */
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

/** Estimates how long all frames are, in seconds, by those in some parts of the file; undefined where these have none. */
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
