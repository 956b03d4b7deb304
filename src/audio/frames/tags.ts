import type { BlockReader } from './blockReader';

const id3v1Bytes = 128;
const id3v2HeaderBytes = 10;
const apeHeaderBytes = 32;
/** No file has more tags at its end, and the reader reads a block for each. */
const maxLastTags = 100;
const zerosAtOnce = 2 ** 16;

/**
 * Skips tags. Files have them at their beginning and end and, where they were joined, in the middle.
 *
 * @returns the place behind all tags that follow each other from there
 */
export async function skipTags(reader: BlockReader, position: number): Promise<number> {
  let at = position;
  for (;;) {
    const bytes = tagBytes(await reader.read(at, apeHeaderBytes));
    if (bytes === 0) {
      return at;
    }
    at += bytes;
  }
}

/** @returns the place of the first byte from there that is not 0; of the end of the file where there is none */
export async function skipZeros(reader: BlockReader, position: number): Promise<number> {
  for (let at = position; ;) {
    const bytes = await reader.read(at, zerosAtOnce);
    const found = bytes.findIndex((byte) => byte !== 0);
    if (found >= 0 || bytes.length < zerosAtOnce) {
      return at + (found >= 0 ? found : bytes.length);
    }
    at += bytes.length;
  }
}

/**
 * Finds where the tags at the end of a file begin.
 *
 * @param size of the file
 */
export async function startOfLastTags(reader: BlockReader, size: number): Promise<number> {
  let end = size;
  for (let tag = 0; tag < maxLastTags; tag++) {
    const from = Math.max(0, end - id3v1Bytes);
    const bytes = trailingTagBytes(await reader.read(from, end - from));
    if (bytes === 0 || bytes > end) {
      break;
    }
    end -= bytes;
  }
  return end;
}

/** @returns the length of the tag that begins with these bytes; 0 for none */
function tagBytes(head: Uint8Array): number {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.length);
  if (startsWith(bytes, 'ID3') && bytes.length >= id3v2HeaderBytes) {
    return id3v2Bytes(bytes);
  }
  if (startsWith(bytes, 'TAG')) {
    return id3v1Bytes;
  }
  if (startsWith(bytes, 'APETAGEX') && bytes.length >= apeHeaderBytes) {
    return apeHeaderBytes + bytes.readUInt32LE(12);
  }
  return 0;
}

/** @returns the length of the tag that ends with these bytes; 0 for none */
function trailingTagBytes(tail: Uint8Array): number {
  const bytes = Buffer.from(tail.buffer, tail.byteOffset, tail.length);
  if (bytes.length === id3v1Bytes && startsWith(bytes, 'TAG')) {
    return id3v1Bytes;
  }
  const ape = bytes.subarray(-apeHeaderBytes);
  if (startsWith(ape, 'APETAGEX') && ape.length === apeHeaderBytes) {
    const hasHeader = ape.readUInt32LE(20) >= 2 ** 31;
    return ape.readUInt32LE(12) + (hasHeader ? apeHeaderBytes : 0);
  }
  const id3v2 = bytes.subarray(-id3v2HeaderBytes);
  return startsWith(id3v2, '3DI') && id3v2.length === id3v2HeaderBytes ? id3v2Bytes(id3v2) : 0;
}

/**
 * By its header or its footer: id3.org, "ID3v2.4.0 Structure", sections 3.1, 3.4 and 6.2. Its size has seven bits in each byte, but
 * some programs write eight.
 */
function id3v2Bytes(header: Buffer): number {
  const digits = header.subarray(6, 10);
  const base = digits.some((byte) => byte > 127) ? 256 : 128;
  const size = digits.reduce((sum, byte) => sum * base + byte, 0);
  const hasFooter = (header.readUInt8(5) & 0x10) !== 0;
  return id3v2HeaderBytes + size + (hasFooter ? id3v2HeaderBytes : 0);
}

function startsWith(bytes: Buffer, text: string): boolean {
  return bytes.toString('latin1', 0, text.length) === text;
}
