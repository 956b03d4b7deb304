import { asFailure, Failure } from '../../core/failures/failure';
import { halted, hasTranscript, isIn, keptFailure, type Job } from '../../core/jobs/job';
import type { JobEntry } from '../../core/jobs/jobEntry';
import type { Recording } from '../../core/ports';
import { needsConsent } from '../../core/jobs/resumption';
import { jobId, type Journal } from '../journal/journal';
import type { Takeover } from '../windows/takeover';
import type { WindowRegistry } from '../windows/windowRegistry';
import type { JobOutcome } from './activeJob';
import { chosenAgain, findJobOf, outdatedJobs } from './existingJob';
import { JobRunner, type ProgressListener, type RunnerJournal, type RunnerOptions } from './jobRunner';
import { KnownJobs } from './knownJobs';
import { withoutRecording } from './withNoteIn';

/** What a job begins with. */
export type JobOrder = Pick<
  Job,
  'service' | 'recording' | 'durationSeconds' | 'notePath' | 'instructions' | 'force' | 'batch'
>;

/** A job that was ordered, and the promise of its outcome. */
export interface OrderedJob {
  /** Undefined where the order was refused. */
  readonly id: string | undefined;
  readonly settled: Promise<JobOutcome>;
}

/** Told of events that no caller is waiting for. */
export interface JobsListener {
  /** Jobs were interrupted, and go on only when their user says so. */
  interrupted(jobs: readonly Job[]): void;
  /** A job ended that came from another window or an earlier start. */
  ended(outcome: JobOutcome): void;
}

/** What jobs need of the journal. */
export type JobsJournal = RunnerJournal &
  Pick<Journal, 'create' | 'claim' | 'claimUnfinished' | 'release' | 'list'>;

export interface JobsOptions extends RunnerOptions {
  readonly journal: JobsJournal;
  /** This window, as other windows see it. */
  readonly window: Pick<WindowRegistry, 'beat' | 'unregister'>;
  readonly takeover: Pick<Takeover, 'abandoned' | 'isThere'>;
  /** Asks the user whether to forget jobs that run on at the service; otherwise they can be collected later. */
  readonly askToForget: (jobs: readonly Job[]) => Promise<boolean>;
}

const noListener: JobsListener = { interrupted: () => undefined, ended: () => undefined };

/** All jobs of this machine as this window sees them: its own jobs, those of other windows, and those that are done. */
export class Jobs {
  private readonly runner: JobRunner;
  private readonly known: KnownJobs;
  private readonly end = new AbortController();
  private listener = noListener;
  /** Every question about cancelled jobs that was asked so far. */
  private questions: Promise<unknown> = Promise.resolve();
  private readonly forgotten = new Set<string>();

  constructor(private readonly options: JobsOptions) {
    this.known = new KnownJobs(options, () => this.runner.active);
    this.runner = new JobRunner(options, {
      changed: () => this.known.changed(),
      ended: (outcome, isAwaited) => {
        this.known.ended(outcome);
        if (!isAwaited) {
          this.listener.ended(outcome);
        }
      },
    });
  }

  /** Every job, once. */
  get entries(): readonly JobEntry[] {
    return this.known.entries;
  }

  /** Calls the listener when a job changed, at most a few times a second. */
  onDidChange(listener: () => void): { dispose(): void } {
    return this.known.onDidChange(listener);
  }

  /** Reports to this listener from now on, in place of any earlier one. */
  reportTo(listener: JobsListener): void {
    this.listener = listener;
  }

  /**
   * Begins jobs, or goes on with the jobs that recordings already have: nothing is uploaded or paid for twice. Each job
   * has its own outcome. A job that this window or another one already works on fails with `alreadyRunning`. Never
   * rejects.
   *
   * @param signal orders that are not written down when it is aborted do not begin; hundreds of orders take seconds
   */
  async order(
    orders: readonly JobOrder[],
    onProgress: ProgressListener,
    signal?: AbortSignal,
  ): Promise<readonly OrderedJob[]> {
    await this.known.refresh().catch((thrown: unknown) => {
      this.options.log.warn(`The journal cannot be read: ${asFailure(thrown).message}`);
    });
    // All are written down before the first begins, so that a refused key, for example, stops all of them.
    const begin: (() => OrderedJob)[] = [];
    for (const order of orders) {
      begin.push(await this.prepare(order, onProgress, signal));
    }
    return begin.map((job) => job());
  }

  /**
   * Goes on with halted jobs. Leaves out jobs that this window or another one works on.
   *
   * @param change how the jobs go on; as they are, if it is absent
   */
  async retry(
    ids: readonly string[],
    onProgress: ProgressListener,
    change?: (job: Job) => Job,
  ): Promise<readonly OrderedJob[]> {
    const resting = ids.filter((id) => !this.runner.active.has(id));
    const retried = await Promise.all(resting.map((id) => this.retryOne(id, onProgress, change)));
    return retried.filter((job) => job !== undefined);
  }

  /** Writes the note of a finished transcript although its recording is gone, or is another one now. */
  async writeNoteAnyway(id: string, onProgress: ProgressListener): Promise<readonly OrderedJob[]> {
    const { clock, journal } = this.options;
    const job = this.resting([id]).some(hasTranscript) ? await journal.claim(id) : undefined;
    if (job === undefined) {
      return [];
    }
    const saved = withoutRecording(job, clock.now());
    await journal.write(saved).catch((thrown: unknown) => {
      journal.release(id);
      throw thrown;
    });
    return [{ id, settled: this.runner.add(saved, onProgress).settled }];
  }

  /** Those of the jobs that are not done and on which no window works. */
  resting(ids: readonly string[]): readonly Job[] {
    return this.entries
      .filter(({ job, owner }) => owner === 'none' && !isIn(job, 'done') && ids.includes(job.id))
      .map(({ job }) => job);
  }

  /**
   * Stops jobs, and asks whether to forget those that run on at the service. Resolves when the user has answered.
   */
  async cancel(ids: readonly string[]): Promise<void> {
    const asked = this.stopAndAsk(ids);
    this.questions = Promise.allSettled([this.questions, asked]);
    await asked;
  }

  /** Resolves when no question about cancelled jobs is open, with the ids of the jobs that the user wants forgotten. */
  async answered(): Promise<ReadonlySet<string>> {
    await this.questions;
    return this.forgotten;
  }

  /** Stops jobs without a question. Those that run on at the service can be collected later. */
  async detach(ids: readonly string[]): Promise<void> {
    await this.runner.stop(ids);
    await this.known.refresh();
  }

  /** Removes a job from the list for good. A job at work in this window is stopped first. */
  async forget(id: string): Promise<void> {
    await this.runner.stop([id]);
    await this.options.journal.forget(id);
    await this.known.refresh();
  }

  /**
   * Shows that this window is alive, refreshes the list, and goes on with the jobs of windows that are gone. To be
   * called every 5 s.
   */
  async maintain(): Promise<void> {
    await this.options.window.beat();
    await this.known.refresh();
    const unfinished = this.known.others.filter(({ job }) => job.halt === null);
    await this.takeOver(await this.options.takeover.abandoned(unfinished));
  }

  /** Leaves every job as the journal has it, for other windows and the next start. */
  dispose(): void {
    this.end.abort();
    this.known.dispose();
    this.runner.dispose();
    this.options.window.unregister();
  }

  private async stopAndAsk(ids: readonly string[]): Promise<void> {
    ids.forEach((id) => this.forgotten.delete(id));
    const outcomes = await this.runner.stop(ids);
    await this.known.refresh();
    const detached = outcomes.map(({ job }) => job).filter(isDetached);
    if (detached.length === 0 || !(await this.options.askToForget(detached))) {
      return;
    }
    // The question may have been open for long, and a job collected meanwhile.
    await this.known.refresh();
    const forgotten = this.resting(detached.map(({ id }) => id)).filter(isDetached);
    await Promise.all(forgotten.map(({ id }) => this.options.journal.forget(id)));
    forgotten.forEach(({ id }) => this.forgotten.add(id));
    await this.known.refresh();
  }

  /** Resumes each job as soon as it is claimed: should the next claim fail, the jobs before it still go on. */
  private async takeOver(ids: readonly string[]): Promise<void> {
    const interrupted: Job[] = [];
    try {
      for (const id of ids) {
        const job = await this.options.journal.claimUnfinished(id);
        const waiting = job && (await this.resume(job));
        interrupted.push(...(waiting === undefined ? [] : [waiting]));
      }
    } finally {
      if (interrupted.length > 0) {
        this.listener.interrupted(interrupted);
      }
    }
    if (interrupted.length > 0) {
      await this.known.refresh();
    }
  }

  /** Goes on with a claimed job. Returns it where it has to wait for its user instead. */
  private async resume(job: Job): Promise<Job | undefined> {
    const now = this.options.clock.now();
    const { name } = job.recording;
    if (!needsConsent(job, now)) {
      this.options.log.info(`Going on with ${name}, which is ${job.stage.phase}`);
      this.runner.add(job);
      return undefined;
    }
    const failure = keptFailure(new Failure('interrupted', 'VS Code ended', { subject: name }));
    const waiting = halted(job, { reason: 'failed', failure }, now);
    await this.options.journal.write(waiting);
    return waiting;
  }

  /** Undefined where another window was faster. */
  private async retryOne(
    id: string,
    onProgress: ProgressListener,
    change?: (job: Job) => Job,
  ): Promise<OrderedJob | undefined> {
    const known = this.known.open.find((job) => job.id === id);
    try {
      const job = await this.options.journal.claim(id, change);
      return job && { id, settled: this.runner.add(job, onProgress).settled };
    } catch (thrown) {
      return known && refused(known, thrown);
    }
  }

  /** Writes a job down; what is returned begins it. */
  private async prepare(
    order: JobOrder,
    onProgress: ProgressListener,
    signal: AbortSignal | undefined,
  ): Promise<() => OrderedJob> {
    const now = this.options.clock.now();
    const fresh: Job = {
      ...order,
      id: jobId(order.recording, order.service),
      chosenMs: now,
      changedMs: now,
      stage: { phase: 'waiting' },
      halt: null,
    };
    try {
      signal?.throwIfAborted();
      const id = (await this.sameAs(order))?.id ?? fresh.id;
      const job = await this.admit({ ...fresh, id });
      this.forgotten.delete(id);
      return () => ({ id, settled: this.runner.add(job, onProgress).settled });
    } catch (thrown) {
      return () => refused(fresh, thrown);
    }
  }

  /** @throws Failure `alreadyRunning`, `askedOtherwise`, `journalUnwritable` */
  private async admit(fresh: Job): Promise<Job> {
    const { journal } = this.options;
    const { id, recording } = fresh;
    if (this.runner.active.has(id)) {
      throw alreadyRunning(recording);
    }
    if (await journal.create(fresh)) {
      return fresh;
    }
    // The choice is written down with the claim: if this window ends now, the job does not go on as it was chosen before.
    const known = await journal.claim(id, (job) => chosenAgain(job, fresh));
    if (known === undefined) {
      throw alreadyRunning(recording);
    }
    return known;
  }

  /** The open job of a recording. Forgets failed jobs of earlier recordings in its place. */
  private async sameAs({ recording, service }: JobOrder): Promise<Job | undefined> {
    const { open } = this.known;
    const same = await findJobOf(recording, service, open, this.end.signal);
    const outdated = outdatedJobs(recording, same, open).map(({ id }) => id);
    if (outdated.length > 0) {
      await Promise.all(outdated.map((id) => this.options.journal.forget(id)));
      this.known.forgotten(outdated);
    }
    return same;
  }
}

function isDetached({ halt }: Job): boolean {
  return halt?.reason === 'detached';
}

/** A job that does not begin. */
function refused(job: Job, thrown: unknown): OrderedJob {
  return { id: undefined, settled: Promise.resolve({ kind: 'failed', job, failure: asFailure(thrown) }) };
}

function alreadyRunning({ name }: Recording): Failure {
  return new Failure('alreadyRunning', 'Chosen again while it is at work', { subject: name });
}
