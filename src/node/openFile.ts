import { constants, type Stats } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { codeOf } from './errorCode';

/** An ordinary file that is open for reading. */
export interface OpenFile {
  readonly handle: FileHandle;
  readonly sizeBytes: number;
}

// Without this flag, opening a FIFO waits for a writer. Windows knows neither.
const noWaiting = (constants as Partial<typeof constants>).O_NONBLOCK ?? 0;

/** How `open` opens a file so that it does not wait for another program, whatever has that name. */
export const readFlags = constants.O_RDONLY | noWaiting;

/**
 * Opens a file for reading. Refuses folders (`EISDIR`), and devices and FIFOs (`EINVAL`), which may have no end: in the
 * folders of others, any name may be a link to `/dev/zero`.
 *
 * @throws Error of Node
 */
export async function openFile(file: string): Promise<OpenFile> {
  const handle = await openToRead(file);
  try {
    const stats = await handle.stat();
    checkOrdinary(stats, file);
    return { handle, sizeBytes: stats.size };
  } catch (thrown) {
    await handle.close();
    throw thrown;
  }
}

/**
 * Opens a file without waiting for another program, except where that is soon over: on Linux, a file server may hold a lease
 * on an ordinary file, which it returns when asked (https://man7.org/linux/man-pages/man2/F_SETLEASE.2const.html).
 */
export async function openToRead(file: string): Promise<FileHandle> {
  try {
    return await open(file, readFlags);
  } catch (thrown) {
    if (codeOf(thrown) === 'EAGAIN' && (await stat(file)).isFile()) {
      return open(file, 'r');
    }
    throw thrown;
  }
}

/** @throws Error with code `EISDIR` or `EINVAL` */
export function checkOrdinary(stats: Stats, file: string): void {
  if (!stats.isFile()) {
    throw stats.isDirectory()
      ? diskError('EISDIR', `${file} is a folder`)
      : diskError('EINVAL', `${file} is not a regular file`);
  }
}

/** @throws Error with code `EFBIG` */
export function checkSize(sizeBytes: number, maxBytes: number, file: string): void {
  if (sizeBytes > maxBytes) {
    throw diskError('EFBIG', `${file} has ${sizeBytes} bytes, more than the ${maxBytes} that are read`);
  }
}

function diskError(code: string, message: string): Error {
  return Object.assign(new Error(`${code}: ${message}`), { code });
}
