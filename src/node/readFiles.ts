import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { codeOf } from './errorCode';
import { checkOrdinary, checkSize, openFile, readFlags } from './openFile';
import { readAt } from './readRange';

/** How many files to read at once: a system may let a process open only a thousand files. */
export const readsAtOnce = 32;

/** The most bytes of a file that Steno writes for itself: records, claims, heartbeats. Each has a few kilobytes. */
export const recordBytes = 1024 * 1024;

/** The most bytes of a transcript with all its results. That of ten hours has twenty megabytes. */
export const transcriptBytes = 64 * 1024 * 1024;

/** The most bytes of a note. That of ten hours has one megabyte. */
export const noteBytes = 16 * 1024 * 1024;

/** The most bytes of a file of the models for speech. The largest has some hundred megabytes. */
export const modelBytes = 2 ** 30;

/**
 * The bytes of a file: those that it has when it is opened.
 *
 * @throws Error of Node; with code `EFBIG` for a larger file, and see `openFile`
 */
export async function readBytes(file: string, maxBytes: number): Promise<Buffer> {
  const { handle, sizeBytes } = await openFile(file);
  try {
    checkSize(sizeBytes, maxBytes, file);
    return await readAt(handle, 0, sizeBytes);
  } finally {
    await handle.close();
  }
}

/** The text of a file. @throws Error like `readBytes` */
export async function readText(file: string, maxBytes: number): Promise<string> {
  return (await readBytes(file, maxBytes)).toString('utf8');
}

/** Like `readBytes`, while nothing else can be done. */
export function readBytesSync(file: string, maxBytes: number): Buffer {
  const descriptor = openSync(file, readFlags);
  try {
    const stats = fstatSync(descriptor);
    checkOrdinary(stats, file);
    checkSize(stats.size, maxBytes, file);
    const buffer = Buffer.alloc(stats.size);
    return buffer.subarray(0, readSync(descriptor, buffer));
  } finally {
    closeSync(descriptor);
  }
}

/** The text of a file; undefined where there is no such file. @throws Error like `readBytes` */
export async function textOf(file: string, maxBytes: number): Promise<string | undefined> {
  try {
    return await readText(file, maxBytes);
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') {
      return undefined;
    }
    throw thrown;
  }
}

/** The names in a folder; none where there is no such folder. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') {
      return [];
    }
    throw thrown;
  }
}
