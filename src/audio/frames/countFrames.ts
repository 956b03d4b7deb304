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
const mostBytes = 2 ** 25;

/**
 * Counts how long the frames of a file take, in seconds. From the first damaged frame on, and behind the first 32 MB, the file
 * is taken to go on as before.
 *
 * @param start where the first frame begins
 * @param headerBytes how long a header is
 * @param lengthOf reads a header; gives undefined for anything else
 * @returns undefined where there are hardly any frames
 */
export async function countFrames(
  file: FileHandle,
  start: number,
  fileBytes: number,
  headerBytes: number,
  lengthOf: (header: Uint8Array) => FrameLength | undefined,
): Promise<number | undefined> {
  const reader = BlockReader.of(file);
  let count = 0;
  let at = start;
  let seconds = 0;
  while (at - start < mostBytes) {
    const length = lengthOf(await reader.read(at, headerBytes));
    if (!length || at + length.bytes > fileBytes) {
      break;
    }
    count++;
    at += length.bytes;
    seconds += length.seconds;
  }
  return count < enough ? undefined : (seconds * (fileBytes - start)) / (at - start);
}
