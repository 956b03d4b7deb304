import type { FileHandle } from 'node:fs/promises';
import { CustomSource } from 'mediabunny';
import { readAt } from '../../node/readRange';

/** A part of MP4 and QuickTime files. ISO/IEC 14496-12, section 4.2. */
interface Box {
  readonly type: string;
  /** Where its type stands, where its contents begin, and where they end. */
  readonly typeAt: number;
  readonly start: number;
  readonly end: number;
}

/** Boxes around the tables of samples. */
const wrappers: readonly string[] = ['trak', 'mdia', 'minf', 'stbl'];
/** The tables of samples. */
const tables: readonly string[] = ['stts', 'ctts', 'stss', 'stsc', 'stsz', 'stz2', 'stco', 'co64'];
/** No file has more boxes before its index. */
const mostBoxes = 10_000;
/** The index of a recording of ten hours takes some megabytes. */
const mostIndexBytes = 2 ** 26;

/**
 * A file that is written fragment by fragment has an index for each of them. Some programs put the first fragment into the
 * index of the whole file, and then mediabunny reads only that one.
 *
 * @returns the file without that fragment; undefined for all other files
 */
export async function laterFragments(file: FileHandle, fileBytes: number): Promise<CustomSource | undefined> {
  const index = await findBox(file, 'moov', 0, fileBytes);
  const isFragmented = index && (await findBox(file, 'mvex', index.start, index.end)) !== undefined;
  if (!isFragmented || index.end - index.start > mostIndexBytes) {
    return undefined;
  }
  const bytes = await readAt(file, index.start, index.end - index.start);
  const found = [...boxes(bytes, 0, bytes.length)].flatMap((part) => [...tablesIn(bytes, part)]);
  if (!found.some((box) => hasSamples(bytes, box))) {
    return undefined;
  }
  const hidden = found.map(({ typeAt }) => index.start + typeAt);
  return new CustomSource({
    getSize: () => fileBytes,
    prefetchProfile: 'fileSystem',
    async read(start, end) {
      const read = await readAt(file, start, end - start);
      for (const at of hidden) {
        hide(read, at - start);
      }
      return read;
    },
  });
}

/** Turns a box into one that readers skip. */
function hide(bytes: Buffer, typeAt: number): void {
  for (const [i, letter] of Buffer.from('free').entries()) {
    if (typeAt + i >= 0 && typeAt + i < bytes.length) {
      bytes[typeAt + i] = letter;
    }
  }
}

/** Finds the first box of a type among those that lie between two places. */
async function findBox(file: FileHandle, wanted: string, from: number, to: number): Promise<Box | undefined> {
  let at = from;
  for (let count = 0; count < mostBoxes && at < to; count++) {
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

function* boxes(bytes: Buffer, start: number, end: number): Generator<Box> {
  let next = boxAt(bytes, start, end);
  while (next) {
    yield next;
    next = next.end < end ? boxAt(bytes, next.end, end) : undefined;
  }
}

function* tablesIn(bytes: Buffer, box: Box): Generator<Box> {
  if (tables.includes(box.type)) {
    yield box;
  }
  if (wrappers.includes(box.type)) {
    for (const part of boxes(bytes, box.start, box.end)) {
      yield* tablesIn(bytes, part);
    }
  }
}

/** Whether the table of sizes has any. */
function hasSamples(bytes: Buffer, { type, start, end }: Box): boolean {
  return ['stsz', 'stz2'].includes(type) && start + 12 <= end && bytes.readUInt32BE(start + 8) > 0;
}
