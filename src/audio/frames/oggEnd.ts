import type { FileHandle } from 'node:fs/promises';
import { longestPage, pageBytes, signature } from './oggPages';
import { readAt } from '../../node/readRange';

const checksumAt = 22;

/**
 * Finds where the pages of an Ogg file end that has zeros behind them, which may have taken the place of a part of the last page.
 *
 * @param contentsBytes where the last byte other than 0 ends
 */
export async function oggEnd(file: FileHandle, fileBytes: number, contentsBytes: number): Promise<number> {
  if (contentsBytes === fileBytes) {
    return fileBytes;
  }
  const from = Math.max(0, contentsBytes - longestPage);
  const bytes = await readAt(file, from, contentsBytes + longestPage - from);
  const at = bytes.subarray(0, contentsBytes - from).lastIndexOf(signature);
  if (at < 0) {
    return contentsBytes;
  }
  const end = at + pageBytes(bytes.subarray(at));
  return from + (end > contentsBytes - from && !hasChecksum(bytes.subarray(at, end)) ? at : end);
}

/** RFC 3533, section 6: the checksum is taken of the page with zeros in its own place. */
function hasChecksum(page: Buffer): boolean {
  if (page.length < checksumAt + 4) {
    return false;
  }
  const plain = Buffer.from(page).fill(0, checksumAt, checksumAt + 4);
  let checksum = 0;
  for (const byte of plain) {
    checksum ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) {
      checksum = checksum < 0 ? (checksum << 1) ^ 0x04c1_1db7 : checksum << 1;
    }
  }
  return checksum >>> 0 === page.readUInt32LE(checksumAt);
}
