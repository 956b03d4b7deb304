import { stat } from 'node:fs/promises';
import type { Clock } from '../../core/ports';
import { GenerationNames } from '../../node/generationNames';
import { Generations } from '../../node/generations';
import { readText, recordBytes } from '../../node/readFiles';
import type { WindowRegistry } from '../windows/windowRegistry';

/** Longer than any claimed work takes, even a download of a gigabyte. */
const longestMs = 6 * 60 * 60 * 1000;

/**
 * Keeps two windows from doing the same work at once. A claim is a file that names its window; another window creates
 * the next generation only when that window is gone.
 */
export class FollowUpClaims {
  private readonly generations: Generations;
  /** The ids that this window works on. */
  private readonly own = new Set<string>();

  constructor(
    folder: string,
    private readonly windows: Pick<WindowRegistry, 'id' | 'register' | 'heartbeatOf'>,
    private readonly clock: Pick<Clock, 'now'>,
  ) {
    this.generations = new Generations(folder, new GenerationNames(/[\w-]+/));
  }

  /**
   * Does the work, unless this window or another one is already doing it.
   * @returns whether the work was done
   */
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
        await this.generations.remove(id);
      }
      return true;
    } finally {
      this.own.delete(id);
    }
  }

  private async claim(id: string): Promise<boolean> {
    await this.windows.register();
    const [last = 0] = await this.generations.of(id);
    if (last > 0 && !(await this.isAbandoned(this.generations.pathOf(id, last)))) {
      return false;
    }
    return this.generations.create(id, last + 1, this.windows.id);
  }

  private async isAbandoned(file: string): Promise<boolean> {
    try {
      const { mtimeMs } = await stat(file);
      const owner = await readText(file, recordBytes);
      // This window knows what it works on: it could not remove this claim when the work was done.
      const isOwn = owner === this.windows.id;
      // A window of another machine cannot be asked whether it is alive.
      const isOld = this.clock.now() - mtimeMs > longestMs;
      return isOwn || isOld || (await this.windows.heartbeatOf(owner)) === undefined;
    } catch {
      // The claim was removed in between, so another window has just done the work.
      return false;
    }
  }
}
