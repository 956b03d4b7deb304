import type { FileHandle } from 'node:fs/promises';
import { parseFrameHeader } from '../codecs/mp3/frameHeader';
import { readAt } from '../../node/readRange';
import { BlockReader } from './blockReader';
import { isFreeFormat, longestFreeFrame } from './freeFormat';
import { readHeaderFrame, type HeaderFrame } from './headerFrame';
import { readFrames, type Frame } from './readFrames';
import { skipTags, startOfLastTags } from './tags';
import { timedFrames } from './timedFrames';

/** A file that is nothing but frames of MPEG audio or ADTS, and tags. */
export interface FrameFile {
  /** Perhaps one without sound, which describes the others. */
  readonly first: Frame;
  /** Where in the file the frames end. */
  readonly end: number;
  /** How much of what is decoded comes before the sound, in seconds. */
  readonly leadSeconds: number;
  /** Where what follows the sound is an encoder's padding, in seconds; undefined where all that is decoded is sound. */
  readonly endSeconds: number | undefined;
  /** How long the sound is; undefined where its frames are too few to tell. */
  readonly seconds: number | undefined;
}

/**
 * Frames in so many bytes are counted one by one. That is half an hour of speech, which takes a fast disk a tenth of a
 * second and a slow network a few; in more bytes, parts are measured.
 */
const mostCountedBytes = 2 ** 25;
/** Frames in a row that are no coincidence, where something else stands before them. */
const enough = 4;
const parts = 128;
const partBytes = 2 ** 15;

/** Reads a file for the functions here. */
export function frameReader(file: FileHandle): BlockReader {
  return new BlockReader((position, length) => readAt(file, position, length));
}

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
  const reader = frameReader(file);
  const start = await skipTags(reader, 0);
  const end = await startOfLastTags(reader, fileBytes);
  const first = await firstFrame(reader, start, end, mostBefore);
  if (!first) {
    return isFreeFormat(await reader.read(start, longestFreeFrame)) ? 'freeFormat' : undefined;
  }
  const { sampleRate } = first.span;
  const header = readHeaderFrame(first.data);
  const leadSeconds = (header?.lead ?? 0) / sampleRate;
  const told = header && isWhole(first, header, end) ? header.samples : undefined;
  if (told !== undefined) {
    const seconds = told / sampleRate;
    return { first, end, leadSeconds, endSeconds: header?.lead === undefined ? undefined : seconds, seconds };
  }
  const decoded = await decodedSeconds(reader, first, end);
  return { first, end, leadSeconds, endSeconds: undefined, seconds: decoded && decoded - leadSeconds };
}

/** What was cut off, or glued to another file, is not as long as its header says. */
function isWhole({ position, span }: Frame, { bytes }: HeaderFrame, end: number): boolean {
  return bytes === undefined || Math.abs(end - position - bytes) <= span.bytes;
}

async function firstFrame(
  reader: BlockReader,
  start: number,
  end: number,
  mostBefore: number,
): Promise<Frame | undefined> {
  const beginning: Frame[] = [];
  for await (const frame of readFrames(reader, start, end, mostBefore)) {
    beginning.push(frame);
    if (frame.position === start || beginning.length === enough) {
      break;
    }
  }
  const [first, ...others] = beginning;
  const isSure =
    first?.position === start || (others.length > 0 && others.every(({ lostBytes }) => lostBytes === 0));
  return isSure ? first : undefined;
}

/** How long all frames are, in seconds. */
async function decodedSeconds(
  reader: BlockReader,
  { position }: Frame,
  end: number,
): Promise<number | undefined> {
  if (end - position > mostCountedBytes) {
    return sampledSeconds(reader, position, end);
  }
  let seconds: number | undefined;
  for await (const { timestamp, duration } of timedFrames(readFrames(reader, position, end))) {
    seconds = timestamp + duration;
  }
  return seconds;
}

/** What the frames in parts of the file say about the whole: exactly where their bit rate is constant. */
async function sampledSeconds(reader: BlockReader, start: number, end: number): Promise<number | undefined> {
  const bitRates = new Set<number | undefined>();
  let bytes = 0;
  let seconds = 0;
  for (let part = 0; part < parts; part++) {
    const from = start + Math.floor(((end - start - partBytes) * part) / (parts - 1));
    for await (const { span, data } of readFrames(reader, from, from + partBytes, partBytes)) {
      bytes += span.bytes;
      seconds += span.samples / span.sampleRate;
      bitRates.add(span.codec === 'mp3' ? parseFrameHeader(data)?.bitRate : undefined);
    }
  }
  const [bitRate, ...others] = bitRates;
  if (bitRate !== undefined && others.length === 0) {
    return ((end - start) * 8) / bitRate;
  }
  return bytes > 0 ? ((end - start) * seconds) / bytes : undefined;
}
