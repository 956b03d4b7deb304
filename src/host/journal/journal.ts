import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import * as path from 'node:path';
import { asFailure, Failure, type FailureFacts } from '../../core/failures/failure';
import { jobIdentity, type Job, type JobIn } from '../../core/jobs/job';
import { parseJob, renderJob, type JournalEntry } from '../../core/jobs/journalFormat';
import type { JobJournal } from '../../core/jobs/jobFiles';
import type { TranscriptBody } from '../../core/transcript/model';
import { parseTranscriptBody } from '../../core/transcript/parseTranscript';
import { exists, ownerOnly, replace, writeNew } from '../../node/files';
import { namesIn, readsAtOnce, textOf } from '../../node/readFiles';
import { DoneJobs } from './doneJobs';
import { inParallel } from '../../core/inParallel';
import { openJobName } from './openJobs';
import { Records } from './records';
import { sweep } from './sweep';
import type { WindowRegistry } from '../windows/windowRegistry';
import type { Clock, Log, Recording } from '../../core/ports';
import { whileHeld } from '../../node/whileHeld';
import { codeOf } from '../../node/errorCode';

export interface JournalOptions {
  /** Of the journal alone; it is made when it is needed. */
  readonly folder: string;
  /** This window, as others see it. */
  readonly window: Pick<WindowRegistry, 'id' | 'arrive'>;
  /** Whether another window is gone, so that its jobs may be claimed. */
  readonly isGone: (owner: string) => Promise<boolean>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Pick<Log, 'warn'>;
  /** Told of each record that cannot be read, and where it is kept. */
  readonly onAside?: ((file: string) => void) | undefined;
}

/** The id of the job of a recording at a service. */
export function jobId(recording: Recording, service: string): string {
  return createHash('sha256').update(jobIdentity(recording, service)).digest('hex').slice(0, 32);
}

/** A job as it goes on; undefined where it does not. */
type TakeUp = (job: Job) => Job | undefined;

/**
 * Jobs on disk, for all windows of this machine: open ones as `<id>.<generation>.json`, those that are done in `done`,
 * finished transcripts in `transcripts` until they are saved, and in `aside` what cannot be read.
 *
 * Only the highest generation of a job counts. To claim a job is to create the next one, which the file system lets
 * one window do. The window that had the job looks for it after each write, and the one that claimed it reads the
 * earlier generation once more: so either the claim knows of that write, or the writer knows of the claim.
 */
export class Journal implements JobJournal {
  /** The generation of each job that this window has. */
  private readonly own = new Map<string, number>();
  private readonly claiming = new Set<string>();
  private readonly records: Records;
  private readonly doneJobs: DoneJobs;

  constructor(private readonly options: JournalOptions) {
    this.records = new Records(this.pathOf('aside'), options.log, options.onAside);
    this.doneJobs = new DoneJobs(this.pathOf('done'), this.records, options.window.id);
  }

  /**
   * Begins a job of this window's; one of the same recording that is done gives way to it.
   * @returns false when there is an open job with this id, whoever has it
   * @throws Failure `journalUnwritable`
   */
  async create(job: Job): Promise<boolean> {
    const { id } = job;
    return this.guarded(job, async () => {
      if ((await this.generationsOf(id)).length > 0) {
        return false;
      }
      await this.options.window.arrive();
      await this.doneJobs.remove(id);
      if (!(await writeNew(this.openPath(id, 1), renderJob(job, this.options.window.id), ownerOnly))) {
        return false;
      }
      // Others may have created it, and claimed it from each other, since we looked.
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
      await this.guarded(job, async () => {
        const generation = await this.ownGeneration(id, recording.name);
        await replace(this.openPath(id, generation), renderJob(job, this.options.window.id), ownerOnly);
        if (await this.isSuperseded(id, generation)) {
          // The file is not removed: whoever claimed the job may just be reading it.
          throw takenOver(recording.name);
        }
      });
    } catch (thrown) {
      if (job.halt !== null) {
        // Nobody works on it any more, although that could not be said: it can be claimed anew.
        this.own.delete(id);
      }
      throw thrown;
    }
  }

  async ensureOwn(id: string): Promise<void> {
    await this.guarded(undefined, () => this.ownGeneration(id));
  }

  /**
   * Takes a job over that nobody works on, and lifts its halt: it was halted, its window is gone, or this window had
   * it and failed to say how it ended.
   *
   * @param change how it goes on, written down with the claim; where this throws, the job rests as it was
   * @returns undefined when somebody works on it, or took it over first
   * @throws Failure `journalUnwritable`
   */
  async claim(id: string, change: (job: Job) => Job = (job) => job): Promise<Job | undefined> {
    return this.claimAs(id, (job) => ({ ...change(job), halt: null }));
  }

  /**
   * The same for a job that is to go on by itself: one that failed or was stopped since it was looked at stays so.
   * @throws Failure `journalUnwritable`
   */
  async claimUnfinished(id: string): Promise<Job | undefined> {
    return this.claimAs(id, (job) => (job.halt === null ? job : undefined));
  }

  /** Gives up a job that was claimed or created, and that nobody begins to work on: it can be claimed anew. */
  release(id: string): void {
    this.own.delete(id);
  }

  /**
   * Every open job. One that is being claimed at the same moment may be missing.
   * @throws Failure `journalUnwritable` when the folder cannot be read
   */
  async all(): Promise<readonly JournalEntry[]> {
    return this.guarded(undefined, async () => {
      const open = await this.openJobs();
      // Looked at after the open ones: what is in both was closed, but for removing its file.
      const done = await this.doneJobs.ids();
      const entries = await inParallel([...open], readsAtOnce, ([id, [generation = 1]]) =>
        done.has(id) ? this.removeClosed(id) : this.readOpen(id, generation),
      );
      return entries.filter((entry) => entry !== undefined);
    });
  }

  /**
   * Closes a job: from now on it is history. Its transcript stays only where it could not be saved beside the recording.
   * @throws Failure `takenOver`, `journalUnwritable`
   */
  async finish(job: JobIn<'done'>): Promise<void> {
    const { id, recording } = job;
    try {
      await this.guarded(job, async () => {
        await this.ownGeneration(id, recording.name);
        await this.doneJobs.add(job);
        await this.clear(job);
      });
    } finally {
      this.own.delete(id);
    }
  }

  /** Jobs that are done, the newest first. @throws Failure `journalUnwritable` when the folder cannot be read */
  async done(): Promise<readonly JobIn<'done'>[]> {
    return this.guarded(undefined, () => this.doneJobs.list(this.options.clock.now()));
  }

  /** Removes all that is known of a job that no other window works on. @throws Failure `journalUnwritable` */
  async forget(id: string): Promise<void> {
    await this.guarded(undefined, async () => {
      this.own.delete(id);
      await this.removeOpen(id);
      await this.doneJobs.remove(id);
      await remove(this.keptPath(id));
    });
  }

  /** Removes what is too old, and what crashes left behind. To be called once, at the start. Never rejects. */
  async tidy(): Promise<void> {
    const { clock, folder, log } = this.options;
    try {
      const pruned = await this.doneJobs.prune(clock.now());
      await Promise.all(pruned.map((id) => remove(this.keptPath(id))));
      await sweep(folder, clock.now());
    } catch (thrown) {
      log.warn(`The journal was not tidied: ${asFailure(thrown).message}`);
    }
  }

  async keepTranscript(id: string, body: TranscriptBody): Promise<void> {
    await this.guarded({ transcriptId: body.id }, () =>
      replace(this.keptPath(id), `${JSON.stringify(body)}\n`, ownerOnly),
    );
  }

  async keptTranscript(id: string): Promise<TranscriptBody> {
    const file = this.keptPath(id);
    try {
      return parseTranscriptBody(JSON.parse((await textOf(file)) ?? ''));
    } catch (thrown) {
      throw new Failure('unexpected', `The transcript in ${file} cannot be read`, { cause: thrown });
    }
  }

  keptPath(id: string): string {
    return this.pathOf('transcripts', `${id}.json`);
  }

  private async claimAs(id: string, takeUp: TakeUp): Promise<Job | undefined> {
    if (this.claiming.has(id)) {
      return undefined;
    }
    this.claiming.add(id);
    try {
      return await this.guarded(undefined, async () => {
        const generation = (await this.generationsOf(id))[0];
        return generation === undefined ? undefined : await this.claimFrom(id, generation, takeUp);
      });
    } finally {
      this.claiming.delete(id);
    }
  }

  private async claimFrom(id: string, generation: number, takeUp: TakeUp): Promise<Job | undefined> {
    const { window } = this.options;
    const before = await this.records.read(this.openPath(id, generation), id);
    const job = before && (await this.isFree(before)) ? takeUp(before.job) : undefined;
    if (job === undefined) {
      return undefined;
    }
    await window.arrive();
    const next = this.openPath(id, generation + 1);
    if (!(await writeNew(next, renderJob(job, window.id), ownerOnly))) {
      return undefined;
    }
    try {
      return await this.settleClaim(id, generation, takeUp);
    } catch (thrown) {
      await remove(next).catch(() => undefined);
      throw thrown;
    }
  }

  /** What its window, if it lives after all, wrote until the claim counts; from then on, that one sees the claim. */
  private async settleClaim(id: string, generation: number, takeUp: TakeUp): Promise<Job | undefined> {
    const { log, window } = this.options;
    const next = this.openPath(id, generation + 1);
    const latest = parseJob((await textOf(this.openPath(id, generation))) ?? '');
    if (latest === undefined || (await this.isSuperseded(id, generation + 1))) {
      await remove(next);
      return undefined;
    }
    const job = takeUp(latest.job);
    await replace(next, renderJob(job ?? latest.job, window.id), ownerOnly);
    if (job !== undefined) {
      this.own.set(id, generation + 1);
    }
    await this.removeOpen(id, generation).catch((thrown: unknown) => {
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
      const entry = parseJob((await textOf(this.openPath(id, generation))) ?? '');
      if (entry?.owner === this.options.window.id && !(await this.isSuperseded(id, generation))) {
        return generation;
      }
      this.own.delete(id);
    }
    throw takenOver(name);
  }

  /** Whether a later claim, or the end of the job, made that generation meaningless. */
  private async isSuperseded(id: string, generation: number): Promise<boolean> {
    return (await exists(this.openPath(id, generation + 1))) || this.doneJobs.has(id);
  }

  /** One that vanishes meanwhile was claimed or closed. */
  private async readOpen(id: string, generation: number): Promise<JournalEntry | undefined> {
    return (
      (await this.records.read(this.openPath(id, generation), id)) ??
      this.records.read(this.openPath(id, generation + 1), id)
    );
  }

  private async removeClosed(id: string): Promise<undefined> {
    const closed = await this.doneJobs.find(id);
    await (closed && this.clear(closed));
  }

  /** What is open of a closed job goes last: as long as it is there, a crash before the rest is gone is noticed. */
  private async clear({ id, stage }: JobIn<'done'>): Promise<void> {
    if (stage.hasSidecar) {
      await remove(this.keptPath(id));
    }
    await this.removeOpen(id);
  }

  /** Removes a job's files up to a generation. */
  private async removeOpen(id: string, upTo = Infinity): Promise<void> {
    const generations = (await this.openJobs()).get(id) ?? [];
    const removed = generations.filter((generation) => generation <= upTo);
    await Promise.all(removed.map((generation) => remove(this.openPath(id, generation))));
  }

  /** The generations of an open job, the highest first; none of one that is closed. */
  private async generationsOf(id: string): Promise<readonly number[]> {
    const generations = (await this.openJobs()).get(id) ?? [];
    if (generations.length > 0 && (await this.doneJobs.has(id))) {
      await this.removeClosed(id);
      return [];
    }
    return generations;
  }

  /** The generations of every open job, the highest first. What else is there as a record is set aside. */
  private async openJobs(): Promise<ReadonlyMap<string, readonly number[]>> {
    const jobs = new Map<string, number[]>();
    for (const name of await namesIn(this.options.folder)) {
      const [, id, generation] = openJobName.exec(name) ?? [];
      if (id !== undefined) {
        jobs.set(
          id,
          [...(jobs.get(id) ?? []), Number(generation)].sort((a, b) => b - a),
        );
      } else if (name.endsWith('.json') && !name.startsWith('.')) {
        await this.records.setAside(this.pathOf(name));
      }
    }
    return jobs;
  }

  private openPath(id: string, generation: number): string {
    return this.pathOf(`${id}.${generation}.json`);
  }

  private pathOf(...names: readonly string[]): string {
    return path.join(this.options.folder, ...names);
  }

  /** Whatever the disk answers is a failure of the journal. */
  private async guarded<T>(about: Job | FailureFacts | undefined, action: () => Promise<T>): Promise<T> {
    try {
      return await action();
    } catch (thrown) {
      if (thrown instanceof Failure) {
        throw thrown;
      }
      const facts = about === undefined || !('stage' in about) ? about : factsOf(about);
      const { message } = asFailure(thrown);
      throw new Failure('journalUnwritable', message, { ...facts, code: codeOf(thrown), cause: thrown });
    }
  }
}

/** What tells a user which job a failure is about, and whether it is paid for. */
function factsOf({ recording, stage }: Job): FailureFacts {
  return {
    subject: recording.name,
    transcriptId: 'transcriptId' in stage ? stage.transcriptId : undefined,
  };
}

function takenOver(name: string | undefined): Failure {
  return new Failure('takenOver', 'Another window has the job', { subject: name });
}

async function remove(file: string): Promise<void> {
  await whileHeld(() => rm(file, { force: true }));
}
