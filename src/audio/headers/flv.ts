import type { FileHandle } from 'node:fs/promises';
import { readAt } from '../../node/readRange';

/** Whether this is Flash video. */
export function isFlv(head: Buffer): boolean {
  return head.toString('latin1', 0, 3) === 'FLV';
}

/**
 * When the last tag of Flash video begins, in seconds. Each tag is followed by its size, so the last one can be found from
 * the end. Adobe, "Flash Video File Format Specification 10.1", annex E.
 *
 * @param fileBytes the size of the file
 */
export async function flvSeconds(file: FileHandle, fileBytes: number): Promise<number | undefined> {
  if (fileBytes < 12) {
    return undefined;
  }
  const tagBytes = (await readAt(file, fileBytes - 4, 4)).readUInt32BE(0);
  const tag = await readAt(file, Math.max(0, fileBytes - 4 - tagBytes), 8);
  return tag.length < 8 ? undefined : (tag.readUIntBE(4, 3) + tag.readUInt8(7) * 2 ** 24) / 1000;
}
