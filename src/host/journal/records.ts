import { randomUUID } from 'node:crypto';
import { mkdir, rename } from 'node:fs/promises';
import * as path from 'node:path';
import { isOfLaterVersion, parseJob, type JournalEntry } from '../../core/jobs/journalFormat';
import type { Log } from '../../core/ports';
import { codeOf } from '../../node/errorCode';
import { ownerOnly } from '../../node/files';
import { recordBytes, textOf } from '../../node/readFiles';
import { retryWhileHeld } from '../../node/retryWhileHeld';

/**
 * Reads the records of jobs. A record that cannot be read is never deleted: it is set aside or, where another version of
 * Steno or another program can still make use of it, left alone.
 */
export class Records {
  private readonly leftAlone = new Set<string>();

  /**
   * @param aside the folder for records that cannot be read
   * @param onAside told where such a record was put
   */
  constructor(
    private readonly aside: string,
    private readonly log: Pick<Log, 'warn'>,
    private readonly onAside: ((file: string) => void) | undefined,
  ) {}

  /** The job of that id in a file; undefined when the file is gone, or this version of Steno cannot read it. */
  async read(file: string, id: string): Promise<JournalEntry | undefined> {
    const text = await textOf(file, recordBytes).catch((thrown: unknown) =>
      this.unreadable(file, codeOf(thrown)),
    );
    if (text === undefined) {
      return undefined;
    }
    const entry = parseJob(text);
    if (entry?.job.id === id) {
      return entry;
    }
    if (isOfLaterVersion(text)) {
      this.leaveAlone(file, 'A later version of Steno wrote it');
    } else {
      await this.setAside(file);
    }
    return undefined;
  }

  /** Moves a file away that cannot be read. */
  async setAside(file: string): Promise<void> {
    const target = path.join(this.aside, `${path.basename(file)}.${randomUUID()}`);
    try {
      await mkdir(this.aside, { recursive: true, mode: ownerOnly.folder });
      await retryWhileHeld(() => rename(file, target));
    } catch (thrown) {
      // With ENOENT, another window was faster.
      if (codeOf(thrown) !== 'ENOENT') {
        this.leaveAlone(file, `It cannot be read, nor set aside (${codeOf(thrown) ?? String(thrown)})`);
      }
      return;
    }
    this.log.warn(`A record of the journal cannot be read, and is now ${target}`);
    this.onAside?.(target);
  }

  /** Another program may hold the file, or it may belong to another user. The other records are still read. */
  private async unreadable(file: string, code: string | undefined): Promise<undefined> {
    if (code === 'EISDIR') {
      await this.setAside(file);
    } else {
      this.leaveAlone(file, `It cannot be read (${code ?? 'for no known reason'})`);
    }
  }

  /** Says so once. */
  private leaveAlone(file: string, why: string): void {
    if (!this.leftAlone.has(file)) {
      this.leftAlone.add(file);
      this.log.warn(`Left alone ${file}: ${why}`);
    }
  }
}
