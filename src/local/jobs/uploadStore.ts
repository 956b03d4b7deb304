import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { retryWhileHeld } from '../../node/retryWhileHeld';
import { isUuid } from './uuid';

/** End of the file name of an upload that is still being received. */
const partSuffix = '.part';

/** How an upload ended: `complete`, or why nothing of it was kept. */
export type UploadEnd = 'complete' | 'empty' | 'tooLarge';

/** Uploaded recordings in a folder: one file each, named by its id. */
export class UploadStore {
  private constructor(private readonly folder: string) {}

  /** Opens the folder, which is created if necessary, and removes incomplete uploads that a crashed server left behind. */
  static async open(folder: string): Promise<UploadStore> {
    const store = new UploadStore(folder);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const name of await readdir(folder)) {
      if (name.endsWith(partSuffix) && isUuid(name.slice(0, -partSuffix.length))) {
        await rm(join(folder, name), { force: true });
      }
    }
    return store;
  }

  /**
   * Writes an upload to disk as it arrives.
   *
   * @param id a UUID
   * @throws any error of reading or writing the upload; then nothing of it is kept
   */
  async receive(id: string, chunks: AsyncIterable<Buffer>, limitBytes: number): Promise<UploadEnd> {
    const part = this.pathOf(id) + partSuffix;
    try {
      const end = await write(part, chunks, limitBytes);
      if (end === 'complete') {
        await retryWhileHeld(() => rename(part, this.pathOf(id)));
      }
      return end;
    } finally {
      await rm(part, { force: true });
    }
  }

  /** Path of an upload, whether it exists or not. */
  pathOf(id: string): string {
    return join(this.folder, id);
  }

  /** Whether there is a complete upload with this id. */
  async has(id: string): Promise<boolean> {
    return access(this.pathOf(id)).then(
      () => true,
      () => false,
    );
  }

  /** Removes an upload if it exists. */
  async remove(id: string): Promise<void> {
    await rm(this.pathOf(id), { force: true });
  }

  /**
   * Removes old uploads.
   *
   * @param ms uploads from before this time are old, ms since 1970
   * @param isInUse called for each old upload just before it would be removed; true keeps it
   */
  async removeOlderThan(ms: number, isInUse: (id: string) => boolean): Promise<void> {
    for (const id of (await readdir(this.folder)).filter(isUuid)) {
      // The file may be removed elsewhere in the meantime.
      const uploadedMs = (await stat(this.pathOf(id)).catch(() => undefined))?.mtimeMs ?? Infinity;
      if (uploadedMs < ms && !isInUse(id)) {
        await this.remove(id);
      }
    }
  }
}

/** Writes a new file. Stops when the chunks exceed the limit. */
async function write(path: string, chunks: AsyncIterable<Buffer>, limitBytes: number): Promise<UploadEnd> {
  const file = await open(path, 'wx', 0o600);
  try {
    let bytes = 0;
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > limitBytes) {
        return 'tooLarge';
      }
      await file.writeFile(chunk);
    }
    await file.sync();
    return bytes === 0 ? 'empty' : 'complete';
  } finally {
    await file.close();
  }
}
