import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isUuid } from './uuid';

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
   */
  async receive(id: string, chunks: AsyncIterable<Buffer>, limitBytes: number): Promise<UploadEnd> {
    const part = this.pathOf(id) + partSuffix;
    const file = await open(part, 'wx', 0o600);
    let end: UploadEnd = 'empty';
    try {
      let bytes = 0;
      for await (const chunk of chunks) {
        bytes += chunk.length;
        if (bytes > limitBytes) {
          break;
        }
        await file.writeFile(chunk);
      }
      end = bytes > limitBytes ? 'tooLarge' : bytes === 0 ? 'empty' : 'complete';
      await file.sync();
    } finally {
      await file.close();
      await (end === 'complete' ? rename(part, this.pathOf(id)) : rm(part, { force: true }));
    }
    return end;
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

  /** Removes what was uploaded before that moment (ms since 1970) and is not in use. */
  async removeOlderThan(ms: number, inUse: ReadonlySet<string>): Promise<void> {
    for (const name of await readdir(this.folder)) {
      const isOld = isUuid(name) && !inUse.has(name) && (await stat(this.pathOf(name))).mtimeMs < ms;
      if (isOld) {
        await this.remove(name);
      }
    }
  }
}
