import type { FileHandle } from 'node:fs/promises';
import { readAt } from '../../node/readRange';

/** One of the parts that RIFF and AIFF files are made of. */
interface Chunk {
  readonly name: string;
  /** Where its contents begin. */
  readonly start: number;
  /** Of its contents, as the file says. */
  readonly size: number;
}

/** More chunks than any file has before its sound. */
const mostChunks = 1000;

/** The chunks of a file, from its beginning. */
export async function* chunks(file: FileHandle, order: 'LE' | 'BE'): AsyncGenerator<Chunk> {
  let at = 12;
  for (let count = 0; count < mostChunks; count++) {
    const header = await readAt(file, at, 8);
    if (header.length < 8) {
      return;
    }
    const size = order === 'LE' ? header.readUInt32LE(4) : header.readUInt32BE(4);
    yield { name: header.toString('latin1', 0, 4), start: at + 8, size };
    // They begin at even places.
    at += 8 + size + (size % 2);
  }
}
