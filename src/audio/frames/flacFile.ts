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
const mostBlocks = 1000;

/**
 * Reads the header of a FLAC file and finds its frames.
 *
 * @param fileBytes the size of the file
 * @returns undefined when the file is none of these
 * @throws AudioError when it has no frames
 */
export async function findFlac(file: FileHandle, fileBytes: number): Promise<FlacFile | undefined> {
  const reader = BlockReader.of(file);
  const start = await skipTags(reader, 0);
  if (Buffer.from(await reader.read(start, 4)).toString('latin1') !== 'fLaC') {
    return undefined;
  }
  const description = Buffer.from(await reader.read(start, 8 + streamInfoBytes));
  const stream: FlacStream = {
    info: readStreamInfo(description),
    start: await framesStart(reader, start + 4),
    end: await startOfLastTags(reader, fileBytes),
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
  for (let block = 0; block < mostBlocks; block++) {
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

/** By the last frame if the header does not tell: in a file that was written to a pipe, or cut out of another. */
async function secondsOf(
  reader: BlockReader,
  stream: FlacStream,
  first: FlacPlace,
): Promise<number | undefined> {
  const { totalSamples, sampleRate } = stream.info;
  if (totalSamples > 0 && first.sample === 0) {
    return totalSamples / sampleRate;
  }
  const from = Math.max(first.position, stream.end - 2 * longestFrame(stream.info));
  let end: number | undefined;
  for await (const { sample, header } of readFlacFrames(reader, stream, from)) {
    end = sample + header.blockSize;
  }
  return end === undefined ? undefined : (end - first.sample) / sampleRate;
}
