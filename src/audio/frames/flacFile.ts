import type { FileHandle } from 'node:fs/promises';
import { readStreamInfo } from '../codecs/flac/streamInfo';
import { damaged } from '../sound/soundFailures';
import { BlockReader } from './blockReader';
import { findFlacFrame, longestFrame, readFlacFrames, type FlacPlace, type FlacStream } from './flacFrames';
import { skipTags, startOfLastTags } from './tags';

/** A FLAC file. RFC 9639, section 8. */
export interface FlacFile {
  readonly stream: FlacStream;
  /** The beginning of the file, as `readStreamInfo` takes it. */
  readonly description: Uint8Array;
  readonly first: FlacPlace;
  /** How long it is, as its header or its last frame says; undefined where neither does. */
  readonly seconds: number | undefined;
}

const streamInfoBytes = 34;
/** No file has more blocks before its sound. */
const maxBlocks = 1000;
/** The checksum at the end of a frame, which may be zeros. */
const longestZeros = 2;
/** Where something else follows the frames, the last one is searched for in so much of the end of the file. */
const longerTails = [2 ** 20, 2 ** 24];

/**
 * Reads the header of a FLAC file and finds its frames.
 *
 * @param fileBytes the size of the file
 * @param contentsBytes where its last byte other than 0 ends
 * @returns undefined when the file is none of these
 * @throws AudioError when it has no frames
 */
export async function findFlac(
  file: FileHandle,
  fileBytes: number,
  contentsBytes: number,
): Promise<FlacFile | undefined> {
  const reader = BlockReader.of(file);
  const start = await skipTags(reader, 0);
  if (Buffer.from(await reader.read(start, 4)).toString('latin1') !== 'fLaC') {
    return undefined;
  }
  const description = Buffer.from(await reader.read(start, 8 + streamInfoBytes));
  const stream: FlacStream = {
    info: readStreamInfo(description),
    start: await framesStart(reader, start + 4),
    end: Math.min(await startOfLastTags(reader, fileBytes), contentsBytes + longestZeros),
  };
  const first = await findFlacFrame(reader, stream, stream.start, stream.end);
  if (!first) {
    throw damaged();
  }
  return { stream, description, first, seconds: await secondsOf(reader, stream, first) };
}

/** @param position behind the signature, where blocks of metadata begin. RFC 9639, section 8.1 */
async function framesStart(reader: BlockReader, position: number): Promise<number> {
  let at = position;
  for (let block = 0; block < maxBlocks; block++) {
    const header = Buffer.from(await reader.read(at, 4));
    if (header.length < 4) {
      break;
    }
    at += 4 + header.readUIntBE(1, 3);
    if (header.readUInt8(0) >= 0x80) {
      return at;
    }
  }
  throw damaged();
}

/**
 * By the last frame, since the header does not know it of a file that was written to a pipe, cut off, or cut out of another.
 *
 * @returns what the header says where no frame is near the end
 */
async function secondsOf(
  reader: BlockReader,
  stream: FlacStream,
  first: FlacPlace,
): Promise<number | undefined> {
  const { totalSamples, sampleRate } = stream.info;
  for (const tail of [2 * longestFrame(stream.info), ...longerTails]) {
    const from = Math.max(first.position, stream.end - tail);
    let end: number | undefined;
    for await (const { sample, header } of readFlacFrames(reader, stream, from)) {
      end = sample + header.blockSize;
    }
    if (end !== undefined) {
      return (end - first.sample) / sampleRate;
    }
  }
  return totalSamples > 0 && first.sample === 0 ? totalSamples / sampleRate : undefined;
}
