import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isUuid } from './uuid';
import { retryWhileHeld } from '../../node/retryWhileHeld';

/** What stands behind the name of an upload while it is on its way. */
const partSuffix = '.part';

/** Why an upload was not kept. */
export type UploadEnd = 'complete' | 'empty' | 'tooLarge';

/** Uploaded recordings in a folder, a file each, named by id. */
export class UploadStore {
  private constructor(private readonly folder: string) {}

  /** Parts of uploads whose server died are gone after it. */
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
   * Writes an upload to disk as it comes.
   *
   * @returns `complete`, or why nothing of it was kept
   * @throws what reading it or writing it throws; nothing of it is kept then
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

  pathOf(id: string): string {
    return join(this.folder, id);
  }

  async has(id: string): Promise<boolean> {
    return access(this.pathOf(id)).then(
      () => true,
      () => false,
    );
  }

  async remove(id: string): Promise<void> {
    await rm(this.pathOf(id), { force: true });
  }

  /** Removes what was uploaded before that moment (ms since 1970) and is not in use, as it stands when its turn comes. */
  async removeOlderThan(ms: number, isInUse: (id: string) => boolean): Promise<void> {
    for (const id of (await readdir(this.folder)).filter(isUuid)) {
      // It may go by itself meanwhile.
      const uploadedMs = (await stat(this.pathOf(id)).catch(() => undefined))?.mtimeMs ?? Infinity;
      if (uploadedMs < ms && !isInUse(id)) {
        await this.remove(id);
      }
    }
  }
}

/** Writes a new file up to a limit, beyond which it is not complete. */
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
