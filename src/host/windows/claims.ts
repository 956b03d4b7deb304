import { readFile, rm, stat } from 'node:fs/promises';
import * as path from 'node:path';
import type { WindowRegistry } from './windowRegistry';
import { ownerOnly, writeNew } from '../../node/files';
import { namesIn } from '../../node/readFiles';
import type { Clock } from '../../core/ports';
import { whileHeld } from '../../node/whileHeld';

/** Longer than anything takes that is claimed, be it a download of a gigabyte. */
const longestMs = 6 * 60 * 60 * 1000;

/** The name of a claim: of what, and the how manieth. */
const claimName = /^([\w-]+)\.([1-9]\d{0,14})$/;

/**
 * Which window does what, so that no two do the same at once. What is claimed is an id; a claim is a file that names
 * its window, and the next one is made only when that window is gone. Only one of many can make it.
 */
export class Claims {
  private readonly own = new Set<string>();

  constructor(
    private readonly folder: string,
    private readonly windows: Pick<WindowRegistry, 'id' | 'arrive' | 'signOf'>,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** Does the work, unless it is being done already, here or in another window; resolves with whether it was done. */
  async whileClaimed(id: string, work: () => Promise<void>): Promise<boolean> {
    if (this.own.has(id)) {
      return false;
    }
    this.own.add(id);
    try {
      if (!(await this.claim(id))) {
        return false;
      }
      try {
        await work();
      } finally {
        await this.release(id);
      }
      return true;
    } finally {
      this.own.delete(id);
    }
  }

  private async claim(id: string): Promise<boolean> {
    await this.windows.arrive();
    const last = Math.max(0, ...(await this.generations(id)));
    if (last > 0 && !(await this.isAbandoned(this.pathOf(id, last)))) {
      return false;
    }
    return writeNew(this.pathOf(id, last + 1), this.windows.id, ownerOnly);
  }

  private async isAbandoned(file: string): Promise<boolean> {
    try {
      const { mtimeMs } = await stat(file);
      const owner = await readFile(file, 'utf8');
      // What this window does is known here: that one could not be given back.
      const isOwn = owner === this.windows.id;
      // The process of a machine that is gone cannot be asked.
      const isOld = this.clock.now() - mtimeMs > longestMs;
      return isOwn || isOld || (await this.windows.signOf(owner)) === undefined;
    } catch {
      // It was given back just now: somebody has just been at it.
      return false;
    }
  }

  private async release(id: string): Promise<void> {
    const all = await this.generations(id);
    await Promise.all(all.map((number) => whileHeld(() => rm(this.pathOf(id, number), { force: true }))));
  }

  private async generations(id: string): Promise<readonly number[]> {
    const names = await namesIn(this.folder);
    return names.flatMap((name) => {
      const [, of, number] = claimName.exec(name) ?? [];
      return of === id ? [Number(number)] : [];
    });
  }

  private pathOf(id: string, number: number): string {
    return path.join(this.folder, `${id}.${number}`);
  }
}
