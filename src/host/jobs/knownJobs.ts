import type { Job } from '../../core/jobs/job';
import type { JobEntry } from '../../core/jobs/jobEntry';
import type { JournalEntry } from '../../core/jobs/journalFormat';
import type { Clock } from '../../core/ports';
import type { Journal } from '../journal/journal';
import type { Takeover } from '../windows/takeover';
import type { ActiveJob, JobOutcome } from './activeJob';

/** More frequent changes would not be noticed. */
const changeIntervalMs = 250;

/** The owner of a job that has none: it is halted or done. */
const noOwner = '';

export interface KnownJobsOptions {
  readonly journal: Pick<Journal, 'list'>;
  readonly takeover: Pick<Takeover, 'isThere'>;
  readonly clock: Clock;
}

/**
 * All jobs of this machine as this window knows them: the jobs that it works on, as they stand now, and the others as
 * they stood when the journal was last read. One map holds them by id, so no job can be listed twice.
 */
export class KnownJobs {
  private readonly listeners = new Set<() => void>();
  private readonly end = new AbortController();
  /** Jobs as last read in the journal, or as they ended in this window since. */
  private listed = new Map<string, JournalEntry>();
  /** Counts what this window knows better than a reading of the journal that began earlier. */
  private news = 0;
  /** Readings of the journal, by the order in which they began: the last one that began, and the last one that counts. */
  private begun = 0;
  private applied = 0;
  private isChangeDue = false;

  /** @param active the jobs that this window works on, by id; what is listed of them is older */
  constructor(
    private readonly options: KnownJobsOptions,
    private readonly active: () => ReadonlyMap<string, Pick<ActiveJob, 'job' | 'progress'>>,
  ) {}

  /** Every job, once. */
  get entries(): readonly JobEntry[] {
    const entries = new Map<string, JobEntry>();
    for (const [id, { job, progress }] of this.active()) {
      entries.set(id, { job, progress, owner: 'here' });
    }
    for (const [id, { job, owner }] of this.listed) {
      if (!entries.has(id)) {
        entries.set(id, { job, progress: undefined, owner: this.ownerOf(job, owner) });
      }
    }
    return [...entries.values()];
  }

  /** The jobs in the journal that are not done, and that this window does not work on. */
  get others(): readonly JournalEntry[] {
    const active = this.active();
    return [...this.listed.values()].filter(({ job }) => job.stage.phase !== 'done' && !active.has(job.id));
  }

  /** The jobs in the journal that are not done. */
  get open(): readonly Job[] {
    return [...this.listed.values()].map(({ job }) => job).filter(({ stage }) => stage.phase !== 'done');
  }

  /** Calls the listener at most a few times a second. */
  onDidChange(listener: () => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  /** Reads the journal. @throws Failure `journalUnwritable` when it cannot be read */
  async refresh(): Promise<void> {
    for (;;) {
      const { news } = this;
      const turn = ++this.begun;
      const { open, done } = await this.options.journal.list();
      if (turn < this.applied) {
        // A reading that began later is known already.
        return;
      }
      if (news === this.news) {
        const all = [...open, ...done.map((job) => ({ job, owner: noOwner }))];
        this.listed = new Map(all.map((entry) => [entry.job.id, entry]));
        this.applied = turn;
        this.changed();
        return;
      }
      // A job ended while the journal was read, so this reading may be outdated.
    }
  }

  /** Notes how a job ended in this window. */
  ended({ kind, job }: JobOutcome): void {
    const listed = new Map(this.listed);
    if (kind === 'written' || job.halt !== null) {
      listed.set(job.id, { job, owner: noOwner });
    } else {
      listed.delete(job.id);
    }
    this.keep(listed);
  }

  /** Notes that jobs are forgotten. */
  forgotten(ids: readonly string[]): void {
    this.keep(new Map([...this.listed].filter(([id]) => !ids.includes(id))));
  }

  /** Tells the listeners soon. */
  changed(): void {
    if (this.isChangeDue) {
      return;
    }
    this.isChangeDue = true;
    this.options.clock.sleep(changeIntervalMs, this.end.signal).then(
      () => {
        this.isChangeDue = false;
        this.listeners.forEach((listener) => listener());
      },
      () => undefined,
    );
  }

  dispose(): void {
    this.end.abort();
  }

  private keep(listed: Map<string, JournalEntry>): void {
    this.news++;
    this.listed = listed;
  }

  private ownerOf({ stage, halt }: Job, owner: string): JobEntry['owner'] {
    const isAtWork = stage.phase !== 'done' && halt === null;
    return isAtWork && this.options.takeover.isThere(owner) ? 'elsewhere' : 'none';
  }
}
