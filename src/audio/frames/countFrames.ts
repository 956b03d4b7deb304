import type { FileHandle } from 'node:fs/promises';
import { BlockReader } from './blockReader';

/** What a header tells of a frame of which only the length is of interest. */
export interface FrameLength {
  /** With the header. */
  readonly bytes: number;
  readonly seconds: number;
}

/** Frames that follow each other and are no coincidence. */
const enough = 4;
/** More of them are not counted. */
const mostBytes = 2 ** 25;

/**
 * How long the frames of a file take, in seconds. What is damaged, and what comes after the first 32 MB, is taken to be
 * like what comes before it.
 *
 * @param start where the first frame begins
 * @param headerBytes of each frame
 * @param lengthOf reads a header; undefined where it is none
 * @returns undefined where there are next to no frames
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
