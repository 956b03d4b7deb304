import type { FileHandle } from 'node:fs/promises';
import { BlockReader } from './blockReader';
import { FrameIndex } from './frameIndex';
import { isFreeFormat, longestFreeFrame } from './freeFormat';
import { readHeaderFrame, type HeaderFrame } from './headerFrame';
import { readFrames, type Frame } from './readFrames';
import { skipTags, skipZeros, startOfLastTags } from './tags';

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
const maxCountedBytes = 2 ** 26;
const parts = 256;
const partBytes = 2 ** 15;
/** The shorter parts that show whether a header may be right: 256 kB of any file. */
const fewParts = 16;
const shortPartBytes = 2 ** 14;
/** The frames of few parts may be this many times longer or shorter than all of them. */
const maxUnlike = 1.5;
/** No frame is longer: ISO/IEC 14496-3, section 1.A.2.2, has 13 bits for the length of ADTS frames. */
const longestFrame = 2 ** 13;

/**
 * Finds the frames of a file, however long, without an index of them.
 *
 * @param fileBytes the size of the file
 * @param contentsBytes where its last byte other than 0 ends
 * @param maxBefore how many bytes other than tags and zeros there may be before the first frame; 0 for none of either
 * @returns undefined when the file has no frames
 */
export async function findFrames(
  file: FileHandle,
  fileBytes: number,
  contentsBytes: number,
  maxBefore: number,
): Promise<FrameFile | 'freeFormat' | undefined> {
  const reader = BlockReader.of(file);
  const tagsEnd = await skipTags(reader, 0);
  const start = maxBefore > 0 ? await skipZeros(reader, tagsEnd) : tagsEnd;
  const end = await endOfFrames(reader, fileBytes, contentsBytes);
  const beginning = await take(readFrames(reader, start, end, maxBefore), beginningFrames);
  const [first] = beginning;
  if (!first || !isSure(beginning, start)) {
    return isFreeFormat(await reader.read(start, longestFreeFrame)) ? 'freeFormat' : undefined;
  }
  const header = await trueHeader(reader, first, end);
  const isWhole = header !== 'wrong';
  const index = new FrameIndex(() => BlockReader.of(file), beginning, end, isWhole);
  const leadSeconds = (readHeaderFrame(first.data)?.lead ?? 0) / first.span.sampleRate;
  const lengths =
    (isWhole ? toldLengths(header, first) : undefined) ??
    (await readLengths(index, reader, first.position, end, leadSeconds));
  return { first, end, index, leadSeconds, ...lengths };
}

/** @returns where the last frame ends, if zeros follow it, or where the tags at the end begin */
async function endOfFrames(reader: BlockReader, fileBytes: number, contentsBytes: number): Promise<number> {
  const end = await startOfLastTags(reader, fileBytes);
  if (contentsBytes >= end) {
    return end;
  }
  // The last frame may itself end with zeros.
  const to = Math.min(end, contentsBytes + longestFrame);
  let last = contentsBytes;
  for await (const { position, span } of readFrames(reader, Math.max(0, to - partBytes), to, partBytes)) {
    last = position + span.bytes;
  }
  return last;
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

/**
 * @returns what the first frame says of all others; undefined where it says nothing, and `wrong` where the file has more or fewer
 *   of them: it may have been cut off, or joined to another
 */
async function trueHeader(
  reader: BlockReader,
  first: Frame,
  end: number,
): Promise<HeaderFrame | 'wrong' | undefined> {
  const header = readHeaderFrame(first.data);
  const { position, span } = first;
  const isOfThatSize = !header?.bytes || Math.abs(end - position - header.bytes) <= span.bytes;
  if (!isOfThatSize) {
    return 'wrong';
  }
  if (header?.samples === undefined) {
    return header;
  }
  const counted = await sampledSeconds(reader, position, end, fewParts, shortPartBytes);
  const times = (counted ?? 0) / (header.samples / span.sampleRate);
  return times < maxUnlike && times > 1 / maxUnlike ? header : 'wrong';
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
    end - start <= maxCountedBytes
      ? await index.countedSeconds()
      : ((await index.steadySeconds()) ?? (await sampledSeconds(reader, start, end, parts, partBytes)));
  return { seconds: decoded && decoded - leadSeconds, endSeconds: undefined };
}

/**
 * Estimates how long all frames are, in seconds, by those in some parts of the file. Parts without frames count where frames
 * follow them, since a decoder makes silence of lost frames, but not at the end.
 *
 * @returns undefined where no part has frames
 */
async function sampledSeconds(
  reader: BlockReader,
  start: number,
  end: number,
  count: number,
  length: number,
): Promise<number | undefined> {
  const step = Math.max(0, end - start - length) / (count - 1);
  let bytes = 0;
  let seconds = 0;
  let last = start;
  for (let part = 0; part < count; part++) {
    const from = start + Math.floor(step * part);
    const to = Math.min(end, from + length);
    for await (const { position, span } of readFrames(reader, from, to, length)) {
      bytes += span.bytes;
      seconds += span.samples / span.sampleRate;
      last = position + span.bytes;
    }
  }
  return bytes > 0 ? ((last - start) * seconds) / bytes : undefined;
}
