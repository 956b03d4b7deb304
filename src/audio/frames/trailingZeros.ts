import type { FileHandle } from 'node:fs/promises';
import { readAt } from '../../node/readRange';

/** How many bytes are read at once: a few first, since hardly any file ends with zeros. */
const firstBytes = 2 ** 12;
const blockBytes = 2 ** 20;
/** Zeros are skipped up to here; that takes some seconds from a disk. */
const maxBytes = 2 ** 30;
const zeros = Buffer.alloc(blockBytes);

/**
 * Finds where the contents of a file end. Recorders reserve room that they may not live to fill, and copies that were cut short
 * have their whole size on some disks: zeros follow then.
 *
 * @param fileBytes the size of the file
 * @returns the place behind the last byte that is not 0, or a later one where zeros take more than a gigabyte
 */
export async function contentsEnd(file: FileHandle, fileBytes: number): Promise<number> {
  const stop = Math.max(0, fileBytes - maxBytes);
  let end = fileBytes;
  let length = firstBytes;
  while (end > stop) {
    const from = Math.max(stop, end - length);
    const block = await readAt(file, from, end - from);
    if (!block.equals(zeros.subarray(0, block.length))) {
      return from + block.findLastIndex((byte) => byte !== 0) + 1;
    }
    end = from;
    length = blockBytes;
  }
  return end;
}
