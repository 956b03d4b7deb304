import { asFailure, Failure } from '../../core/failures/failure';
import {
  advanced,
  halted,
  hasTranscript,
  isIn,
  keptFailure,
  mayRunAtService,
  type Job,
  type JobIn,
} from '../../core/jobs/job';
import type { JournalEntry } from '../../core/jobs/journalFormat';
import { needsConsent } from '../../core/jobs/resumption';
import { instructionsFor } from './instructionsFor';
import type { JobOutcome } from './activeJob';
import type { JobEntry } from './jobList';
import { jobId } from '../journal/journal';
import { isJobOf } from './sameRecording';
import { JobRunner, type Listener, type RunnerOptions } from './runner';
import type { Takeover } from '../windows/takeover';
import type { Recording } from '../../core/ports';

/** What a job is begun with. */
export type JobOrder = Pick<
  Job,
  'service' | 'recording' | 'durationSeconds' | 'notePath' | 'instructions' | 'force' | 'batch'
>;

/** A job that was ordered, and what becomes of it. */
export interface OrderedJob {
  /** Undefined where it was refused. */
  readonly id: string | undefined;
  readonly settled: Promise<JobOutcome>;
}

/** What the jobs ask of their user, and tell. */
export interface JobQuestions {
  /** Whether jobs that run on at the service are to be forgotten; otherwise they can be collected later. */
  askToForget(jobs: readonly Job[]): Promise<boolean>;
  /** Offers, quietly, to go on with jobs that were interrupted. */
  offerToContinue(jobs: readonly Job[]): void;
  /** Shows how a job came out that nobody waited for. */
  present(outcome: JobOutcome): void;
}

export interface JobsOptions extends RunnerOptions {
  readonly takeover: Takeover;
  readonly questions: JobQuestions;
}

const changeIntervalMs = 250;

/** All jobs of this machine as this window sees them: its own, those of other windows, and those that are done. */
export class Jobs {
  private readonly runner: JobRunner;
  private readonly listeners = new Set<() => void>();
  private readonly end = new AbortController();
  private known: readonly JournalEntry[] = [];
  private history: readonly JobIn<'done'>[] = [];
  /** Jobs that came to their ends in this window. */
  private endings = 0;
  private isChangeDue = false;
  /** Whatever is asked about cancelled jobs. */
  private question: Promise<unknown> = Promise.resolve();
  private readonly forgotten = new Set<string>();

  constructor(private readonly options: JobsOptions) {
    this.runner = new JobRunner(
      options,
      () => this.changed(),
      (outcome, isAwaited) => this.ended(outcome, isAwaited),
    );
  }

  get entries(): readonly JobEntry[] {
    const { active } = this.runner;
    const here = [...active.values()].map(({ job, progress }): JobEntry => ({
      job,
      progress,
      owner: 'here',
    }));
    const others = this.known
      .filter(({ job }) => !active.has(job.id))
      .map(({ job, owner }): JobEntry => ({
        job,
        progress: undefined,
        owner: job.halt === null && this.options.takeover.isThere(owner) ? 'elsewhere' : 'nobody',
      }));
    const done = this.history.map((job): JobEntry => ({ job, progress: undefined, owner: 'nobody' }));
    return [...here, ...others, ...done];
  }

  onDidChange(listener: () => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  /**
   * Begins jobs, or goes on with those that there are of the same recordings: nothing is uploaded or paid for twice.
   * Each comes to its own outcome: one that is at work already, here or in another window, fails with
   * `alreadyRunning`. Never rejects. What is not yet written down when the signal is aborted is not begun: that takes
   * seconds for hundreds of jobs.
   */
  async order(
    orders: readonly JobOrder[],
    listener: Listener,
    signal?: AbortSignal,
  ): Promise<readonly OrderedJob[]> {
    await this.look().catch((thrown: unknown) => {
      this.options.log.warn(`The journal cannot be read: ${asFailure(thrown).message}`);
    });
    // All are there before the first begins, so that what stops all of them, such as a refused key, does.
    const begin: (() => OrderedJob)[] = [];
    for (const order of orders) {
      begin.push(await this.orderOne(order, listener, signal));
    }
    return begin.map((job) => job());
  }

  /** Goes on with jobs that failed, were left at the service, or wait for their user. */
  async retry(ids: readonly string[], listener: Listener): Promise<readonly OrderedJob[]> {
    const resting = ids.filter((id) => !this.runner.active.has(id));
    const ordered = await Promise.all(resting.map((id) => this.goOn(id, listener)));
    return ordered.filter((job) => job !== undefined);
  }

  /** Has the note of a finished transcript written although its recording is gone, or not what it was. */
  async writeNoteAnyway(id: string, listener: Listener): Promise<readonly OrderedJob[]> {
    const { clock, journal } = this.options;
    const job = this.open([id]).some(hasTranscript) ? await journal.claim(id) : undefined;
    if (job === undefined) {
      return [];
    }
    const saved = withoutRecording(job, clock.now());
    await journal.write(saved).catch((thrown: unknown) => {
      journal.release(id);
      throw thrown;
    });
    return [{ id, settled: this.runner.take(saved, listener).settled }];
  }

  /** Those of the jobs that are open and that nobody works on. */
  open(ids: readonly string[]): readonly Job[] {
    return this.entries
      .filter(({ job, owner }) => owner === 'nobody' && !isIn(job, 'done') && ids.includes(job.id))
      .map(({ job }) => job);
  }

  /**
   * Stops jobs, and asks what is to become of those that the service is at work on. Resolves when that is answered.
   */
  async cancel(ids: readonly string[]): Promise<void> {
    const asked = this.stopAndAsk(ids);
    this.question = Promise.allSettled([this.question, asked]);
    await asked;
  }

  /** Resolves when no question about cancelled jobs is open, with the ids of those that are to be forgotten. */
  async answered(): Promise<ReadonlySet<string>> {
    await this.question;
    return this.forgotten;
  }

  private async stopAndAsk(ids: readonly string[]): Promise<void> {
    ids.forEach((id) => this.forgotten.delete(id));
    const outcomes = await this.runner.stop(ids);
    await this.look();
    const left = outcomes.map(({ job }) => job).filter(isLeft);
    if (left.length === 0 || !(await this.options.questions.askToForget(left))) {
      return;
    }
    // The question may have been open for long, and one of them collected meanwhile.
    await this.look();
    const forgotten = this.open(left.map(({ id }) => id)).filter(isLeft);
    await Promise.all(forgotten.map(({ id }) => this.options.journal.forget(id)));
    forgotten.forEach(({ id }) => this.forgotten.add(id));
    await this.look();
  }

  /** Stops jobs without a question: those that the service is at work on are left there, to be collected later. */
  async leave(ids: readonly string[]): Promise<void> {
    await this.runner.stop(ids);
    await this.look();
  }

  /** Removes a job from the list, for good; one that is at work here is stopped first. */
  async forget(id: string): Promise<void> {
    await this.runner.stop([id]);
    await this.options.journal.forget(id);
    await this.look();
  }

  /** Looks at what other windows do, and goes on with what those left that are gone. To be called every some seconds. */
  async tick(): Promise<void> {
    const { takeover } = this.options;
    await takeover.beat();
    await this.look();
    const unfinished = this.known.filter(({ job }) => job.halt === null && !this.runner.active.has(job.id));
    await this.takeUp(await takeover.abandoned(unfinished));
  }

  /** Leaves every job as the journal has it, for other windows and the next start. */
  dispose(): void {
    this.end.abort();
    this.runner.dispose();
    this.options.takeover.leave();
  }

  /** Goes on with each as soon as it is claimed: should the next claim fail, nobody would work on those before. */
  private async takeUp(ids: readonly string[]): Promise<void> {
    const asked: Job[] = [];
    try {
      for (const id of ids) {
        const job = await this.options.journal.claimUnfinished(id);
        const waiting = job && (await this.resume(job));
        asked.push(...(waiting === undefined ? [] : [waiting]));
      }
    } finally {
      if (asked.length > 0) {
        this.options.questions.offerToContinue(asked);
      }
    }
    if (asked.length > 0) {
      await this.look();
    }
  }

  /** The job as it waits for its user, where it does not go on by itself. */
  private async resume(job: Job): Promise<Job | undefined> {
    const now = this.options.clock.now();
    const { name } = job.recording;
    if (!needsConsent(job, now)) {
      this.options.log.info(`Going on with ${name}, which is ${job.stage.phase}`);
      this.runner.take(job);
      return undefined;
    }
    const failure = keptFailure(new Failure('interrupted', 'VS Code ended', { subject: name }));
    const waiting = halted(job, { reason: 'failed', failure }, now);
    await this.options.journal.write(waiting);
    return waiting;
  }

  /** Undefined where somebody else has taken it up. */
  private async goOn(id: string, listener: Listener): Promise<OrderedJob | undefined> {
    const known = this.known.find(({ job }) => job.id === id)?.job;
    try {
      const job = await this.options.journal.claim(id);
      return job && { id, settled: this.runner.take(job, listener).settled };
    } catch (thrown) {
      return known && refused(known, thrown);
    }
  }

  /** Writes a job down; it is begun by what is returned. */
  private async orderOne(
    order: JobOrder,
    listener: Listener,
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
      return () => ({ id, settled: this.runner.take(job, listener).settled });
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
    // Written down with the claim: should this window end now, the job is not to go on as it was chosen before.
    const known = await journal.claim(id, (job) => chosenAgain(job, fresh));
    if (known === undefined) {
      throw alreadyRunning(recording);
    }
    return known;
  }

  /** The open job of a recording, also where that has been moved or touched since; what failed of an older version is let go. */
  private async sameAs({ recording, service }: JobOrder): Promise<Job | undefined> {
    const open = this.known.map(({ job }) => job);
    const same = await this.find(open, recording, service);
    const outdated = open.filter(
      (job) =>
        job !== same &&
        job.recording.path === recording.path &&
        job.halt?.reason === 'failed' &&
        !mayRunAtService(job) &&
        !hasTranscript(job),
    );
    await Promise.all(outdated.map(({ id }) => this.options.journal.forget(id)));
    this.known = this.known.filter(({ job }) => !outdated.includes(job));
    return same;
  }

  private async find(open: readonly Job[], recording: Recording, service: string): Promise<Job | undefined> {
    for (const job of open) {
      if (job.service === service && (await isJobOf(job, recording, this.end.signal))) {
        return job;
      }
    }
    return undefined;
  }

  private ended(outcome: JobOutcome, isAwaited: boolean): void {
    const { job } = outcome;
    this.endings++;
    this.known = this.known.filter((entry) => entry.job.id !== job.id);
    if (outcome.kind === 'written') {
      this.history = [outcome.job, ...this.history.filter(({ id }) => id !== job.id)];
    } else if (job.halt !== null) {
      this.known = [...this.known, { job, owner: '' }];
    }
    if (!isAwaited) {
      this.options.questions.present(outcome);
    }
  }

  private async look(): Promise<void> {
    const { journal } = this.options;
    // What was read while a job came to its end may be older than that.
    for (let endings = -1; endings !== this.endings;) {
      endings = this.endings;
      this.known = await journal.all();
      this.history = await journal.done();
    }
    this.changed();
  }

  /** Tells the listeners, not more often than eyes can follow. */
  private changed(): void {
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
}

/** A job that rests, as it goes on now that it is chosen again. @throws Failure `askedOtherwise` */
function chosenAgain(known: Job, fresh: Job): Job {
  const { recording, notePath, force, batch, chosenMs } = fresh;
  const instructions = instructionsFor(known, fresh);
  if (instructions === undefined) {
    throw new Failure('askedOtherwise', 'The service has it with other options', { subject: recording.name });
  }
  return { ...known, recording, notePath, instructions, force, batch, chosenMs };
}

/** Where the recording is not, no sidecar counts: the transcript stays in the journal. */
function withoutRecording(job: Job, nowMs: number): Job {
  if (!isIn(job, 'transcribed') && !isIn(job, 'saved')) {
    return job;
  }
  const { transcriptId, sha256 } = job.stage;
  const stage = { phase: 'saved', transcriptId, sha256, hasSidecar: false } as const;
  return isIn(job, 'saved') ? { ...job, stage } : advanced(job, stage, nowMs);
}

function isLeft({ halt }: Job): boolean {
  return halt?.reason === 'left';
}

/** A job that does not begin. */
function refused(job: Job, thrown: unknown): OrderedJob {
  return { id: undefined, settled: Promise.resolve({ kind: 'failed', job, failure: asFailure(thrown) }) };
}

function alreadyRunning({ name }: Recording): Failure {
  return new Failure('alreadyRunning', 'Chosen again while it is at work', { subject: name });
}
