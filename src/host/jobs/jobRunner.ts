import { asFailure, Failure, type FailureKind } from '../../core/failures/failure';
import {
  halted,
  hasTranscript,
  keptFailure,
  mayRunAtService,
  type Job,
  type JobIn,
} from '../../core/jobs/job';
import type { JobContext } from '../../core/jobs/jobContext';
import type { JobFiles } from '../../core/jobs/jobFiles';
import { JobRun } from '../../core/jobs/jobRun';
import type { JobProgress } from '../../core/jobs/progress';
import { allSlots, limitOf, nextToStart, slotsAfter, type Slots } from '../../core/jobs/slots';
import type { Clock, Log } from '../../core/ports';
import type { FollowUps } from '../followUps/followUps';
import type { Journal } from '../journal/journal';
import type { Connect } from '../services/connection';
import { ActiveJob, type JobOutcome } from './activeJob';
import { followUpFor } from './followUpFor';
import { SharedServices } from './sharedServices';

/** What a runner needs of the journal. */
export type RunnerJournal = JobContext['journal'] & Pick<Journal, 'finish' | 'forget'>;

export interface RunnerOptions {
  readonly journal: RunnerJournal;
  readonly files: JobFiles;
  readonly connect: Connect;
  /** Adds to options what is secret of them. Fails with `webhookSecretMissing`. */
  readonly withSecrets: JobContext['withSecrets'];
  /** Takes what is still to do at the service once a transcript is safe. */
  readonly followUps: Pick<FollowUps, 'add' | 'run'>;
  /** How many jobs the user wants at work at one service at once. */
  readonly jobsAtOnce: () => number;
  readonly clock: Clock;
  /** Numbers in [0, 1). */
  readonly random: () => number;
  readonly log: Log;
}

/** Called with each step of a job. */
export type ProgressListener = (job: Job, progress: JobProgress) => void;

/** What a runner reports to the jobs. */
export interface RunnerListener {
  /** A job or its progress changed. */
  changed(): void;
  /** A job ended, though this window does not. @param isAwaited whether a caller waits for the outcome */
  ended(outcome: JobOutcome, isAwaited: boolean): void;
}

/** Refused keys and empty accounts stop every job at their service, once. */
const concernsAll: readonly FailureKind[] = ['keyRejected', 'keyMissing', 'billing'];

/** Works on the jobs of this window: several at once, in the order in which they were chosen. */
export class JobRunner {
  private readonly jobs = new Map<string, ActiveJob>();
  private readonly slots = new Map<string, Slots>();
  private readonly services: SharedServices;
  private isDisposed = false;

  constructor(
    private readonly options: RunnerOptions,
    private readonly listener: RunnerListener,
  ) {
    this.services = new SharedServices(options);
  }

  /** The jobs that this window works on, or will, by id. */
  get active(): ReadonlyMap<string, ActiveJob> {
    return this.jobs;
  }

  /**
   * Works on a job that this window has in the journal, as soon as its turn comes.
   * @param onProgress of the caller who waits for the job; absent for a job from another window or an earlier start
   */
  add(job: Job, onProgress?: ProgressListener): ActiveJob {
    const active = new ActiveJob(job, onProgress !== undefined, (current, progress) => {
      onProgress?.(current, progress);
      this.listener.changed();
    });
    this.jobs.set(job.id, active);
    this.startNext(job.service);
    this.listener.changed();
    return active;
  }

  /** Stops jobs for their user. Those that run on at the service become detached. */
  async stop(ids: readonly string[]): Promise<readonly JobOutcome[]> {
    const stopped = ids.flatMap((id) => this.jobs.get(id) ?? []);
    // A job whose note only has to be written is paid for, and done sooner than a user answers a question.
    stopped.filter(({ job }) => !hasTranscript(job)).forEach((job) => job.stop('user'));
    stopped.filter(({ run }) => run === undefined).forEach((job) => void this.work(job));
    return Promise.all(stopped.map(({ settled }) => settled));
  }

  /** Stops all jobs where they stand. The journal says how they go on. */
  dispose(): void {
    this.isDisposed = true;
    this.jobs.forEach((job) => job.stop('window'));
  }

  private startNext(service: string): void {
    if (this.isDisposed) {
      return;
    }
    const here = this.at(service);
    const waiting = here.filter(({ run }) => run === undefined);
    const limit = limitOf(this.slotsOf(service), this.options.jobsAtOnce(), this.now());
    const next = nextToStart(
      waiting.map(({ job: { id, chosenMs, stage } }) => ({
        id,
        chosenMs,
        hasBegun: stage.phase !== 'waiting',
      })),
      here.length - waiting.length,
      limit,
    );
    for (const { id } of next) {
      const job = this.jobs.get(id);
      if (job !== undefined) {
        void this.work(job);
      }
    }
  }

  /** From a job's turn to its end. Never rejects. */
  private async work(active: ActiveJob): Promise<void> {
    const { withSecrets, journal, files, clock, random, log } = this.options;
    const { id, service } = active.job;
    const use = this.services.forJob(service);
    const run = new JobRun(active.job, {
      withSecrets,
      journal,
      files,
      clock,
      random,
      log,
      service: () => use.open(),
      signal: active.signal,
      beforeDone: (done) => this.addFollowUp(done),
      onProgress: (progress) => active.show(progress),
      onPolled: (body) => {
        active.polled(body);
        this.learnLimit(service);
      },
    });
    active.run = run;
    let outcome: JobOutcome;
    try {
      const job = await run.run();
      await this.finish(job);
      outcome = { kind: 'written', job, warnings: run.warnings };
    } catch (thrown) {
      outcome = await this.stopped(active, asFailure(thrown));
    }
    await use.release();
    // Without a pause in between, so that a job is always either active or ended.
    this.jobs.delete(id);
    if (!this.isDisposed) {
      this.listener.ended(outcome, active.isAwaited);
    }
    this.startNext(service);
    this.listener.changed();
    active.settle(outcome);
  }

  private async addFollowUp(job: JobIn<'done'>): Promise<void> {
    const followUp = followUpFor(job);
    await (followUp && this.options.followUps.add(followUp));
  }

  /** The note is written. Should the journal not take the end of the job now, the next start finds the note. */
  private async finish(job: JobIn<'done'>): Promise<void> {
    const { followUps, journal, log } = this.options;
    log.info(`Wrote ${job.stage.note}`);
    await journal.finish(job).catch((thrown: unknown) => {
      log.warn(`Job not closed: ${asFailure(thrown).message}`);
    });
    void followUps.run(job.service);
  }

  private async stopped(active: ActiveJob, thrown: Failure): Promise<JobOutcome> {
    const { job } = active;
    const failure = active.stopReason instanceof Failure ? active.stopReason : thrown;
    if (active.stopReason === 'window' || failure.kind === 'takenOver') {
      return { kind: 'failed', job, failure };
    }
    if (concernsAll.includes(failure.kind) && active.stopReason === undefined) {
      this.stopAllAt(job.service, failure);
    }
    return active.stopReason === 'user'
      ? this.stoppedByUser(job, failure)
      : this.halt(halted(job, { reason: 'failed', failure: keptFailure(failure) }, this.now()), failure);
  }

  /** Forgets a job that was not submitted. A job that was paid for is detached, so that it can be collected. */
  private async stoppedByUser(job: Job, failure: Failure): Promise<JobOutcome> {
    if (hasTranscript(job) || (mayRunAtService(job) && !(await this.discardHere(job)))) {
      return this.halt(halted(job, { reason: 'detached' }, this.now()), failure.with(idOf(job)));
    }
    await this.forget(job.id).catch((thrown: unknown) => {
      this.options.log.warn(`Job not forgotten: ${asFailure(thrown).message}`);
    });
    return { kind: 'failed', job, failure: new Failure('cancelled', 'Cancelled', { cause: failure }) };
  }

  private async forget(id: string): Promise<void> {
    const { journal } = this.options;
    await journal.ensureOwn(id);
    await journal.forget(id);
  }

  /** Stops the work of a service on this machine; false for any other service, which cannot be stopped. */
  private async discardHere(job: Job): Promise<boolean> {
    const use = this.services.forJob(job.service);
    try {
      const { api } = await use.open();
      const { transcriptId } = idOf(job);
      if (api.local !== undefined && transcriptId !== undefined) {
        await api.local.discard(transcriptId);
      }
      return api.local !== undefined;
    } catch (thrown) {
      this.options.log.warn(`Job not stopped: ${asFailure(thrown).message}`);
      return false;
    } finally {
      await use.release();
    }
  }

  private async halt(job: Job, failure: Failure): Promise<JobOutcome> {
    await this.options.journal.write(job).catch((thrown: unknown) => {
      this.options.log.warn(`Job not written down: ${asFailure(thrown).message}`);
    });
    return { kind: 'failed', job, failure };
  }

  private stopAllAt(service: string, failure: Failure): void {
    this.services.renew(service);
    // A job whose note only has to be written needs no service.
    for (const active of this.at(service).filter(({ job }) => !hasTranscript(job))) {
      active.stop(failure);
      if (active.run === undefined) {
        void this.work(active);
      }
    }
  }

  private learnLimit(service: string): void {
    const here = this.at(service);
    const count = (what: ActiveJob['atService']): number =>
      here.filter(({ atService }) => atService === what).length;
    const facts = { throttled: count('throttled'), processing: count('processing') };
    this.slots.set(service, slotsAfter(this.slotsOf(service), facts, this.now()));
    this.startNext(service);
  }

  private at(service: string): readonly ActiveJob[] {
    return [...this.jobs.values()].filter(({ job }) => job.service === service);
  }

  private slotsOf(service: string): Slots {
    return this.slots.get(service) ?? allSlots;
  }

  private now(): number {
    return this.options.clock.now();
  }
}

/** The id that the service gave a job, if it is known. */
function idOf({ stage }: Job): { readonly transcriptId?: string } {
  return 'transcriptId' in stage ? { transcriptId: stage.transcriptId } : {};
}
