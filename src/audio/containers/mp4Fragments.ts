import type { FileHandle } from 'node:fs/promises';
import { CustomSource } from 'mediabunny';
import { readAt } from '../../node/readRange';
import { boxes, findBox, maxIndexBytes, type Box } from './mp4Boxes';

/** Boxes around the tables of samples. */
const wrappers: readonly string[] = ['trak', 'mdia', 'minf', 'stbl'];
/** The tables of samples. */
const tables: readonly string[] = ['stts', 'ctts', 'stss', 'stsc', 'stsz', 'stz2', 'stco', 'co64'];
/**
 * A file that is written fragment by fragment has an index for each of them. Some programs put the first fragment into the
 * index of the whole file, and then mediabunny reads only that one.
 *
 * @returns the file without that fragment; undefined for all other files
 */
export async function laterFragments(file: FileHandle, fileBytes: number): Promise<CustomSource | undefined> {
  const index = await findBox(file, 'moov', 0, fileBytes);
  const isFragmented = index && (await findBox(file, 'mvex', index.start, index.end)) !== undefined;
  if (!isFragmented || index.end - index.start > maxIndexBytes) {
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
