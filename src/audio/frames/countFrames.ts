import type { FileHandle } from 'node:fs/promises';
import { BlockReader } from './blockReader';

/** How long a frame is, as its header tells. */
export interface FrameLength {
  /** With the header. */
  readonly bytes: number;
  readonly seconds: number;
}

/** So many frames in a row are no coincidence. */
const enough = 4;
/** Frames are counted up to here. */
const maxBytes = 2 ** 25;
/** Behind damage, frames are searched for in so many bytes. */
const maxLostBytes = 2 ** 16;

/** Reads a header; gives undefined for anything else. */
type ReadLength = (header: Uint8Array) => FrameLength | undefined;

/**
 * Counts how long the frames of a file take, in seconds. Behind the first 32 MB, the file is taken to go on as before. Lost frames
 * count where others follow them.
 *
 * @param start where the first frame begins
 * @param end where the last byte other than 0 ends
 * @param headerBytes how long a header is
 * @returns undefined where there are hardly any frames
 */
export async function countFrames(
  file: FileHandle,
  start: number,
  end: number,
  headerBytes: number,
  readLength: ReadLength,
): Promise<number | undefined> {
  const reader = BlockReader.of(file);
  const lengthAt = async (at: number): Promise<FrameLength | undefined> =>
    at < end ? readLength(await reader.read(at, headerBytes)) : undefined;
  let count = 0;
  let bytes = 0;
  let seconds = 0;
  let at: number | undefined = start;
  let last = start;
  while (at !== undefined && at - start < maxBytes) {
    const length = await lengthAt(at);
    if (length) {
      count++;
      bytes += length.bytes;
      seconds += length.seconds;
      last = at += length.bytes;
    } else {
      at = count === 0 ? undefined : await findFrames(lengthAt, at + 1, Math.min(end, at + maxLostBytes));
    }
  }
  const isWhole = at === undefined;
  return count < enough ? undefined : (seconds * ((isWhole ? last : end) - start)) / bytes;
}

/** @returns the first of two places at which some frames in a row begin */
async function findFrames(
  lengthAt: (at: number) => Promise<FrameLength | undefined>,
  from: number,
  to: number,
): Promise<number | undefined> {
  for (let start = from; start < to; start++) {
    let at = start;
    let count = 0;
    for (let length = await lengthAt(at); length && count < enough; length = await lengthAt(at)) {
      count++;
      at += length.bytes;
    }
    if (count === enough) {
      return start;
    }
  }
  return undefined;
}
