import { createHash } from 'node:crypto';
import * as path from 'node:path';
import { asFailure, Failure } from '../../core/failures/failure';
import { inParallel } from '../../core/inParallel';
import { jobIdentity, type Job, type JobIn } from '../../core/jobs/job';
import type { JobJournal } from '../../core/jobs/jobFiles';
import { parseJob, renderJob, type JournalEntry } from '../../core/jobs/journalFormat';
import type { Clock, Log, Recording } from '../../core/ports';
import { parseJson } from '../../core/parseJson';
import type { TranscriptBody } from '../../core/transcript/model';
import { parseTranscriptBody } from '../../core/transcript/parseTranscript';
import { ownerOnly, removeFile, replaceFile } from '../../node/files';
import { Generations } from '../../node/generations';
import { namesIn, readsAtOnce, recordBytes, textOf, transcriptBytes } from '../../node/readFiles';
import type { WindowRegistry } from '../windows/windowRegistry';
import { DoneJobs } from './doneJobs';
import { asJournal, takenOver } from './journalFailure';
import { openRecordNames } from './openRecords';
import { Records } from './records';
import { sweep } from './sweep';

export interface JournalOptions {
  /** Of the journal alone. It is made when the first job is written. */
  readonly folder: string;
  /** This window, as other windows see it. */
  readonly window: Pick<WindowRegistry, 'id' | 'register'>;
  /** Whether another window is gone, so that its jobs may be claimed. */
  readonly isGone: (owner: string) => Promise<boolean>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Pick<Log, 'warn'>;
  /** Told where a record that cannot be read was put. */
  readonly onAside?: ((file: string) => void) | undefined;
}

/** The jobs in the journal, each once. */
export interface JournalListing {
  /** The jobs that are not done, with their owners. */
  readonly open: readonly JournalEntry[];
  /** At most 200, of the last 90 days, the newest first. */
  readonly done: readonly JobIn<'done'>[];
}

/** The id of the job of a recording at a service. */
export function jobId(recording: Recording, service: string): string {
  return createHash('sha256').update(jobIdentity(recording, service)).digest('hex').slice(0, 32);
}

/** A claimed job as it goes on; undefined when it does not. */
type Resume = (job: Job) => Job | undefined;

/**
 * Jobs on disk, for all windows of this machine: open jobs as `<id>.<generation>.json`, done ones in `done`, finished
 * transcripts in `transcripts` until they are saved, and in `aside` what cannot be read.
 *
 * A window claims a job by creating its next generation. The window that had the job looks for a newer generation after
 * each write, and the window that claimed the job reads the earlier generation once more. So either the claim knows of
 * the write, or the writer knows of the claim.
 */
export class Journal implements JobJournal {
  /** The jobs of this window, with their generations. */
  private readonly own = new Map<string, number>();
  private readonly claiming = new Set<string>();
  private readonly records: Records;
  private readonly openRecords: Generations;
  private readonly doneJobs: DoneJobs;

  constructor(private readonly options: JournalOptions) {
    this.records = new Records(this.pathOf('aside'), options.log, options.onAside);
    this.openRecords = new Generations(options.folder, openRecordNames);
    this.doneJobs = new DoneJobs(this.pathOf('done'), this.records, options.window.id);
  }

  /**
   * Begins a job of this window. A job of the same id that is done makes way for it.
   * @returns false when there is an open job with this id, whatever its owner
   * @throws Failure `journalUnwritable`
   */
  async create(job: Job): Promise<boolean> {
    const { id } = job;
    return asJournal(job, async () => {
      if ((await this.generationsOf(id)).length > 0) {
        return false;
      }
      await this.options.window.register();
      await this.doneJobs.remove(id);
      if (!(await this.openRecords.create(id, 1, renderJob(job, this.options.window.id)))) {
        return false;
      }
      // Meanwhile other windows may have created the job and claimed it from each other.
      if (await this.isSuperseded(id, 1)) {
        return false;
      }
      this.own.set(id, 1);
      return true;
    });
  }

  async write(job: Job): Promise<void> {
    const { id, recording } = job;
    try {
      await asJournal(job, async () => {
        const generation = await this.ownGeneration(id, recording.name);
        await this.replace(id, generation, job);
        if (await this.isSuperseded(id, generation)) {
          // The file stays: the window that claimed the job may just be reading it.
          throw takenOver(recording.name);
        }
      });
    } catch (thrown) {
      if (job.halt !== null) {
        // The job rests, although the journal could not be written: it can be claimed again.
        this.own.delete(id);
      }
      throw thrown;
    }
  }

  async ensureOwn(id: string): Promise<void> {
    await asJournal(undefined, () => this.ownGeneration(id));
  }

  /**
   * Claims a job that is halted, whose window is gone, or whose end this window failed to write down; and lifts its halt.
   *
   * @param change how the job goes on, written down with the claim; where this throws, the job stays as it was
   * @returns undefined when a window works on the job, or claimed it first
   * @throws Failure `journalUnwritable`
   */
  async claim(id: string, change: (job: Job) => Job = (job) => job): Promise<Job | undefined> {
    return this.claimAs(id, (job) => ({ ...change(job), halt: null }));
  }

  /**
   * Claims a job that goes on by itself. A job that was halted since it was last read stays as it is.
   * @returns undefined for such a job, and when a window works on the job, or claimed it first
   * @throws Failure `journalUnwritable`
   */
  async claimUnfinished(id: string): Promise<Job | undefined> {
    return this.claimAs(id, (job) => (job.halt === null ? job : undefined));
  }

  /** Gives up a job that was created or claimed, but on which work did not begin: it can be claimed again. */
  release(id: string): void {
    this.own.delete(id);
  }

  /**
   * Every job that is there for the whole time of the call, once, even if it is closed, claimed or started over meanwhile.
   * @throws Failure `journalUnwritable` when the folder cannot be read
   */
  async list(): Promise<JournalListing> {
    return asJournal(undefined, async () => {
      // Jobs move from open to done and, when they are started over, back. So the names of done jobs are read twice.
      const doneBefore = await this.doneJobs.ids();
      const open = await this.openIds();
      const done = await this.doneJobs.ids();
      const ids = [...new Set([...doneBefore, ...open.keys(), ...done])];
      const listed = await inParallel(ids, readsAtOnce, (id) => this.readListed(id, open.get(id)?.[0], done));
      return {
        open: listed.flatMap((each) => each?.open ?? []),
        done: this.doneJobs.recent(
          listed.flatMap((each) => each?.done ?? []),
          this.options.clock.now(),
        ),
      };
    });
  }

  /**
   * Closes a job. Its transcript stays only where it could not be saved beside the recording.
   * @throws Failure `takenOver`, `journalUnwritable`
   */
  async finish(job: JobIn<'done'>): Promise<void> {
    const { id, recording } = job;
    try {
      await asJournal(job, async () => {
        await this.ownGeneration(id, recording.name);
        await this.doneJobs.add(job);
        await this.clear(job);
      });
    } finally {
      this.own.delete(id);
    }
  }

  /** Removes all that is known of a job on which no other window works. @throws Failure `journalUnwritable` */
  async forget(id: string): Promise<void> {
    await asJournal(undefined, async () => {
      this.own.delete(id);
      await this.openRecords.remove(id);
      await this.doneJobs.remove(id);
      await removeFile(this.keptPath(id));
    });
  }

  /** Removes what is too old, and what crashes left behind. To be called once, at the start. Never rejects. */
  async tidy(): Promise<void> {
    const { clock, folder, log } = this.options;
    try {
      const pruned = await this.doneJobs.prune(clock.now());
      await Promise.all(pruned.map((id) => removeFile(this.keptPath(id))));
      await sweep(folder, clock.now());
    } catch (thrown) {
      log.warn(`The journal was not tidied: ${asFailure(thrown).message}`);
    }
  }

  async keepTranscript(id: string, body: TranscriptBody): Promise<void> {
    await asJournal({ transcriptId: body.id }, () =>
      replaceFile(this.keptPath(id), `${JSON.stringify(body)}\n`, ownerOnly),
    );
  }

  async keptTranscript(id: string): Promise<TranscriptBody> {
    const file = this.keptPath(id);
    try {
      return parseTranscriptBody(parseJson((await textOf(file, transcriptBytes)) ?? ''));
    } catch (thrown) {
      throw new Failure('unexpected', `The transcript in ${file} cannot be read`, { cause: thrown });
    }
  }

  keptPath(id: string): string {
    return this.pathOf('transcripts', `${id}.json`);
  }

  private async claimAs(id: string, resume: Resume): Promise<Job | undefined> {
    if (this.claiming.has(id)) {
      return undefined;
    }
    this.claiming.add(id);
    try {
      return await asJournal(undefined, async () => {
        const [generation] = await this.generationsOf(id);
        return generation === undefined ? undefined : await this.claimFrom(id, generation, resume);
      });
    } finally {
      this.claiming.delete(id);
    }
  }

  private async claimFrom(id: string, generation: number, resume: Resume): Promise<Job | undefined> {
    const { window } = this.options;
    const before = await this.records.read(this.openRecords.pathOf(id, generation), id);
    const job = before && (await this.isFree(before)) ? resume(before.job) : undefined;
    if (job === undefined) {
      return undefined;
    }
    await window.register();
    if (!(await this.openRecords.create(id, generation + 1, renderJob(job, window.id)))) {
      return undefined;
    }
    try {
      return await this.settleClaim(id, generation, resume);
    } catch (thrown) {
      await removeFile(this.openRecords.pathOf(id, generation + 1)).catch(() => undefined);
      throw thrown;
    }
  }

  /**
   * Reads what the earlier window, should it be alive after all, wrote before it could see the claim.
   * @param generation the earlier one
   */
  private async settleClaim(id: string, generation: number, resume: Resume): Promise<Job | undefined> {
    const { log } = this.options;
    const latest = await this.entryOf(id, generation);
    if (latest === undefined || (await this.isSuperseded(id, generation + 1))) {
      await removeFile(this.openRecords.pathOf(id, generation + 1));
      return undefined;
    }
    const job = resume(latest.job);
    await this.replace(id, generation + 1, job ?? latest.job);
    if (job !== undefined) {
      this.own.set(id, generation + 1);
    }
    await this.openRecords.remove(id, generation).catch((thrown: unknown) => {
      log.warn(`Earlier record kept: ${asFailure(thrown).message}`);
    });
    return job;
  }

  private async isFree({ job, owner }: JournalEntry): Promise<boolean> {
    if (job.halt !== null) {
      return true;
    }
    return owner === this.options.window.id ? !this.own.has(job.id) : this.options.isGone(owner);
  }

  /** @throws Failure `takenOver` unless this window has the job */
  private async ownGeneration(id: string, name?: string): Promise<number> {
    const generation = this.own.get(id);
    if (generation !== undefined) {
      const entry = await this.entryOf(id, generation);
      if (entry?.owner === this.options.window.id && !(await this.isSuperseded(id, generation))) {
        return generation;
      }
      this.own.delete(id);
    }
    throw takenOver(name);
  }

  /** The contents of a record; undefined if it is missing or damaged. */
  private async entryOf(id: string, generation: number): Promise<JournalEntry | undefined> {
    return parseJob((await textOf(this.openRecords.pathOf(id, generation), recordBytes)) ?? '');
  }

  private async replace(id: string, generation: number, job: Job): Promise<void> {
    const file = this.openRecords.pathOf(id, generation);
    await replaceFile(file, renderJob(job, this.options.window.id), ownerOnly);
  }

  /** Whether a later claim, or the end of the job, made a generation meaningless. */
  private async isSuperseded(id: string, generation: number): Promise<boolean> {
    return (await this.openRecords.isSuperseded(id, generation)) || this.doneJobs.has(id);
  }

  /**
   * Reads a job whose name was seen, and which may have moved since.
   * @param generation the highest that was seen; undefined when the job was done
   */
  private async readListed(
    id: string,
    generation: number | undefined,
    doneIds: ReadonlySet<string>,
  ): Promise<{ readonly open?: JournalEntry; readonly done?: JobIn<'done'> } | undefined> {
    if (doneIds.has(id)) {
      const done = await this.doneJobs.find(id);
      if (done !== undefined) {
        // A window may have been killed before it removed the open record.
        await (generation !== undefined && this.clear(done));
        return { done };
      }
      if (await this.doneJobs.has(id)) {
        // Another version wrote it, or another program holds it. The job is closed all the same.
        return undefined;
      }
    }
    const open = await this.readOpen(id, generation);
    if (open !== undefined) {
      return { open };
    }
    const done = doneIds.has(id) ? undefined : await this.doneJobs.find(id);
    return done && { done };
  }

  /** The highest generation, even if the one that was seen has been claimed since. */
  private async readOpen(id: string, seen: number | undefined): Promise<JournalEntry | undefined> {
    const entry = seen && (await this.records.read(this.openRecords.pathOf(id, seen), id));
    if (entry) {
      return entry;
    }
    const [highest = 0] = await this.openRecords.of(id);
    return highest > (seen ?? 0) ? this.readOpen(id, highest) : undefined;
  }

  /** Removes what is left of a closed job. The open record goes last: while it is there, a crash before that is noticed. */
  private async clear({ id, stage }: JobIn<'done'>): Promise<void> {
    if (stage.hasSidecar) {
      await removeFile(this.keptPath(id));
    }
    await this.openRecords.remove(id);
  }

  /** The generations of an open job, the highest first; none of a job that is closed. */
  private async generationsOf(id: string): Promise<readonly number[]> {
    const generations = await this.openRecords.of(id);
    if (generations.length > 0 && (await this.doneJobs.has(id))) {
      const closed = await this.doneJobs.find(id);
      await (closed && this.clear(closed));
      return [];
    }
    return generations;
  }

  /** The generations of every open job, the highest first. Sets aside any other record. */
  private async openIds(): Promise<ReadonlyMap<string, readonly number[]>> {
    const names = await namesIn(this.options.folder);
    for (const name of names) {
      if (name.endsWith('.json') && !name.startsWith('.') && openRecordNames.parse(name) === undefined) {
        await this.records.setAside(this.pathOf(name));
      }
    }
    return this.openRecords.group(names);
  }

  private pathOf(...names: readonly string[]): string {
    return path.join(this.options.folder, ...names);
  }
}
