import type { FileHandle } from 'node:fs/promises';
import { readAt } from '../../node/readRange';

/** A part of MP4 and QuickTime files. ISO/IEC 14496-12, section 4.2. */
export interface Box {
  readonly type: string;
  /** Where its type stands, where its contents begin, and where they end. */
  readonly typeAt: number;
  readonly start: number;
  readonly end: number;
}

/** No file has more boxes before its index. */
const maxBoxes = 10_000;
/** The index of a recording of ten hours takes some megabytes. */
export const maxIndexBytes = 2 ** 26;

/** Finds the first box of a type among those that lie between two places. */
export async function findBox(
  file: FileHandle,
  wanted: string,
  from: number,
  to: number,
): Promise<Box | undefined> {
  let at = from;
  for (let count = 0; count < maxBoxes && at < to; count++) {
    const box = boxAt(await readAt(file, at, 16), 0, to - at);
    if (!box) {
      return undefined;
    }
    if (box.type === wanted) {
      return { type: box.type, typeAt: at + box.typeAt, start: at + box.start, end: at + box.end };
    }
    at += box.end;
  }
  return undefined;
}

/** @param end of what the box lies in */
function boxAt(bytes: Buffer, at: number, end: number): Box | undefined {
  if (at + 8 > bytes.length) {
    return undefined;
  }
  const size = bytes.readUInt32BE(at);
  const isLong = size === 1 && at + 16 <= bytes.length;
  const length = isLong ? Number(bytes.readBigUInt64BE(at + 8)) : size === 0 ? end - at : size;
  const header = isLong ? 16 : 8;
  if (length < header) {
    return undefined;
  }
  const type = bytes.toString('latin1', at + 4, at + 8);
  return { type, typeAt: at + 4, start: at + header, end: Math.min(end, at + length) };
}

/** The boxes between two places. */
export function* boxes(bytes: Buffer, start: number, end: number): Generator<Box> {
  let next = boxAt(bytes, start, end);
  while (next) {
    yield next;
    next = next.end < end ? boxAt(bytes, next.end, end) : undefined;
  }
}
