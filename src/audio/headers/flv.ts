import type { FileHandle } from 'node:fs/promises';
import { readAt } from '../../node/readRange';

/** Whether this is Flash video. */
export function isFlv(head: Buffer): boolean {
  return head.toString('latin1', 0, 3) === 'FLV';
}

/** Of sound, of pictures, and of data. */
const tagTypes: readonly (number | undefined)[] = [8, 9, 18];
const tagHeaderBytes = 11;

/**
 * When the last tag of Flash video begins, in seconds. Each tag is followed by its size, so the last one can be found from
 * the end. Adobe, "Flash Video File Format Specification 10.1", annex E.
 *
 * @param contentsBytes where the last byte other than 0 ends in the file
 * @returns undefined where something else lies at the end
 */
export async function flvSeconds(file: FileHandle, contentsBytes: number): Promise<number | undefined> {
  // A size may end with zeros, which are taken for zeros behind the contents.
  for (let end = contentsBytes; end < contentsBytes + 4; end++) {
    const tagBytes = (await readAt(file, Math.max(0, end - 4), 4)).readUInt32BE(0);
    const tag = await readAt(file, Math.max(0, end - 4 - tagBytes), tagHeaderBytes);
    if (
      tagTypes.includes(tag[0]) &&
      tag.length === tagHeaderBytes &&
      tag.readUIntBE(1, 3) + tagHeaderBytes === tagBytes
    ) {
      return (tag.readUIntBE(4, 3) + tag.readUInt8(7) * 2 ** 24) / 1000;
    }
  }
  return undefined;
}
