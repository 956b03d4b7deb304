import { randomUUID } from 'node:crypto';
import { mkdir, rename } from 'node:fs/promises';
import * as path from 'node:path';
import { isOfLaterVersion, parseJob, type JournalEntry } from '../../core/jobs/journalFormat';
import { ownerOnly } from '../../node/files';
import { textOf } from '../../node/readFiles';
import type { Log } from '../../core/ports';
import { whileHeld } from '../../node/whileHeld';
import { codeOf } from '../../node/errorCode';

/** Reads what is written of jobs. What it cannot read is never deleted: it is set aside, or left for whoever can. */
export class Records {
  private readonly leftAlone = new Set<string>();

  /**
   * @param aside the folder for what cannot be read
   * @param onAside told where a record that cannot be read is now
   */
  constructor(
    private readonly aside: string,
    private readonly log: Pick<Log, 'warn'>,
    private readonly onAside: ((file: string) => void) | undefined,
  ) {}

  /** The job of that id in a file; undefined when the file is gone, or not to be read by this version of Steno. */
  async read(file: string, id: string): Promise<JournalEntry | undefined> {
    const text = await textOf(file).catch((thrown: unknown) => this.unreadable(file, codeOf(thrown)));
    if (text === undefined) {
      return undefined;
    }
    const entry = parseJob(text);
    if (entry?.job.id === id) {
      return entry;
    }
    if (isOfLaterVersion(text)) {
      this.leaveAlone(file);
    } else {
      await this.setAside(file);
    }
    return undefined;
  }

  /** Moves a file away that nobody can make sense of. */
  async setAside(file: string): Promise<void> {
    const target = path.join(this.aside, `${path.basename(file)}.${randomUUID()}`);
    try {
      await mkdir(this.aside, { recursive: true, mode: ownerOnly.folder });
      await whileHeld(() => rename(file, target));
    } catch (thrown) {
      // Another window was faster, or it cannot be moved.
      if (codeOf(thrown) !== 'ENOENT') {
        this.sayOnce(file, `It cannot be read, nor set aside (${codeOf(thrown) ?? String(thrown)})`);
      }
      return;
    }
    this.log.warn(`A record of the journal cannot be read, and is now ${target}`);
    this.onAside?.(target);
  }

  /** Another program may hold it, or it belongs to somebody else: the other records are to be read all the same. */
  private async unreadable(file: string, code: string | undefined): Promise<undefined> {
    if (code === 'EISDIR') {
      await this.setAside(file);
    } else {
      this.sayOnce(file, `It cannot be read (${code ?? 'for no known reason'})`);
    }
  }

  private leaveAlone(file: string): void {
    this.sayOnce(file, 'A later version of Steno wrote it');
  }

  private sayOnce(file: string, message: string): void {
    if (!this.leftAlone.has(file)) {
      this.leftAlone.add(file);
      this.log.warn(`Left alone ${file}: ${message}`);
    }
  }
}
