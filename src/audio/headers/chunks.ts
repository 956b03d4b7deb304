import type { FileHandle } from 'node:fs/promises';
import { readAt } from '../../node/readRange';

/** A part of a RIFF or AIFF file. */
export interface Chunk {
  /** Where its contents begin. */
  readonly start: number;
  /** Of its contents, as the file says. */
  readonly size: number;
}

/** No file has more chunks before its sound. */
const maxChunks = 1000;

/** Whether numbers begin with their lowest byte or their highest. */
export type ByteOrder = 'LE' | 'BE';

/**
 * Reads the chunks of a file from its beginning until each of some is found.
 *
 * @param fileStart where the file begins, behind tags
 * @param wanted the names of these
 * @returns by name, the first of each up to there
 */
export async function chunksUpTo(
  file: FileHandle,
  fileStart: number,
  order: ByteOrder,
  wanted: readonly string[],
): Promise<ReadonlyMap<string, Chunk>> {
  const found = new Map<string, Chunk>();
  let at = fileStart + 12;
  for (let count = 0; count < maxChunks && !wanted.every((name) => found.has(name)); count++) {
    const header = await readAt(file, at, 8);
    if (header.length < 8) {
      break;
    }
    const name = header.toString('latin1', 0, 4);
    const size = order === 'LE' ? header.readUInt32LE(4) : header.readUInt32BE(4);
    if (!found.has(name)) {
      found.set(name, { start: at + 8, size });
    }
    // They begin at even places.
    at += 8 + size + (size % 2);
  }
  return found;
}
