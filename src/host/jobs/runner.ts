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
import { JobRun } from '../../core/jobs/jobRun';
import type { JobFiles } from '../../core/jobs/jobFiles';
import type { JobProgress } from '../../core/jobs/progress';
import { allSlots, limitOf, nextToStart, seen, type Slots } from '../../core/jobs/slots';
import type { FollowUps } from '../followUps/followUps';
import { ActiveJob, type JobOutcome } from './activeJob';
import { followUpFor } from './followUpFor';
import type { Journal } from '../journal/journal';
import { Services } from './sharedServices';
import type { Clock, Log } from '../../core/ports';
import type { Connect } from '../services/connection';

export interface RunnerOptions {
  readonly journal: Journal;
  readonly files: JobFiles;
  readonly connect: Connect;
  /** The options with what is secret of them. Fails with `webhookSecretMissing`. */
  readonly complete: JobContext['complete'];
  /** Takes what is still to be done at the service about a transcript that is safe. */
  readonly followUps: Pick<FollowUps, 'add' | 'run'>;
  /** Jobs under way at once at one service, as the user wants it. */
  readonly jobsAtOnce: () => number;
  readonly clock: Clock;
  /** Numbers in [0, 1). */
  readonly random: () => number;
  readonly log: Log;
}

/** Somebody who waits for a job in this window. */
export type Listener = (job: Job, progress: JobProgress) => void;

/** Refused keys and empty accounts stop every job at their service, once. */
const concernsAll: readonly FailureKind[] = ['keyRejected', 'keyMissing', 'billing'];

/** Works on the jobs that this window has, some at once, in the order in which they were chosen. */
export class JobRunner {
  private readonly jobs = new Map<string, ActiveJob>();
  private readonly slots = new Map<string, Slots>();
  private readonly services: Services;
  private isDisposed = false;

  /**
   * @param onChange called whenever a job or its progress changes
   * @param onEnd called at the end of each job, unless this window ends; somebody may wait for it here
   */
  constructor(
    private readonly options: RunnerOptions,
    private readonly onChange: () => void,
    private readonly onEnd: (outcome: JobOutcome, isAwaited: boolean) => void,
  ) {
    this.services = new Services(options);
  }

  get active(): ReadonlyMap<string, ActiveJob> {
    return this.jobs;
  }

  /**
   * Works on a job of which the journal says that it is this window's.
   * @param listener of whoever waits for it; without one, it goes on from another window or an earlier start
   */
  take(job: Job, listener?: Listener): ActiveJob {
    const active = new ActiveJob(job, listener !== undefined, (current, progress) => {
      listener?.(current, progress);
      this.onChange();
    });
    this.jobs.set(job.id, active);
    this.startNext(job.service);
    this.onChange();
    return active;
  }

  /** Stops jobs for their user. Those that run on at the service are left to be collected. */
  async stop(ids: readonly string[]): Promise<readonly JobOutcome[]> {
    const stopped = ids.flatMap((id) => this.jobs.get(id) ?? []);
    // What only has to be written yet is paid for, and done sooner than any question is answered.
    stopped.filter(({ job }) => !hasTranscript(job)).forEach((job) => job.stop('user'));
    stopped.filter(({ run }) => run === undefined).forEach((job) => void this.work(job));
    return Promise.all(stopped.map(({ settled }) => settled));
  }

  /** Lets go of everything where it stands; the journal says how to go on. */
  dispose(): void {
    this.isDisposed = true;
    this.jobs.forEach((job) => job.stop('window'));
  }

  private startNext(service: string): void {
    if (this.isDisposed) {
      return;
    }
    const here = [...this.jobs.values()].filter(({ job }) => job.service === service);
    const waiting = here.filter(({ run }) => run === undefined);
    const limit = limitOf(this.slotsOf(service), this.options.jobsAtOnce(), this.options.clock.now());
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
    const { complete, journal, files, clock, random, log } = this.options;
    const { id, service } = active.job;
    const way = this.services.forJob(service);
    const run = new JobRun(active.job, {
      complete,
      journal,
      files,
      clock,
      random,
      log,
      service: () => way.use(),
      signal: active.signal,
      beforeDone: (done) => this.promise(done),
      onProgress: (progress) => active.show(progress),
      onSeen: (body) => {
        active.see(body);
        this.learnLimit(service);
      },
    });
    active.run = run;
    let outcome: JobOutcome;
    try {
      const job = await run.run();
      await this.finish(job, log);
      outcome = { kind: 'written', job, warnings: run.warnings };
    } catch (thrown) {
      outcome = await this.stopped(active, asFailure(thrown));
    }
    await way.release();
    this.jobs.delete(id);
    if (!this.isDisposed) {
      this.onEnd(outcome, active.isAwaited);
    }
    this.startNext(service);
    this.onChange();
    active.settle(outcome);
  }

  private async promise(job: JobIn<'done'>): Promise<void> {
    const followUp = followUpFor(job);
    await (followUp && this.options.followUps.add(followUp));
  }

  /** The note is written: should the journal not take that now, the next start finds out by itself. */
  private async finish(job: Parameters<Journal['finish']>[0], log: Log): Promise<void> {
    const { followUps, journal } = this.options;
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

  /** Nothing is left of what has not been submitted; what was paid for can be collected. */
  private async stoppedByUser(job: Job, failure: Failure): Promise<JobOutcome> {
    if (hasTranscript(job) || (mayRunAtService(job) && !(await this.discardHere(job)))) {
      return this.halt(halted(job, { reason: 'left' }, this.now()), failure.with(idOf(job)));
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

  /** Stops the work of a service on this machine; false at any other, where that is not possible. */
  private async discardHere(job: Job): Promise<boolean> {
    const way = this.services.forJob(job.service);
    try {
      const { api } = await way.use();
      const { transcriptId } = idOf(job);
      if (api.local !== undefined && transcriptId !== undefined) {
        await api.local.discard(transcriptId);
      }
      return api.local !== undefined;
    } catch (thrown) {
      this.options.log.warn(`Job not stopped: ${asFailure(thrown).message}`);
      return false;
    } finally {
      await way.release();
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
    for (const active of this.jobs.values()) {
      // What only has to be written yet needs no service.
      if (active.job.service === service && !hasTranscript(active.job)) {
        active.stop(failure);
        if (active.run === undefined) {
          void this.work(active);
        }
      }
    }
  }

  private learnLimit(service: string): void {
    const here = [...this.jobs.values()].filter(({ job }) => job.service === service);
    const count = (what: ActiveJob['atService']): number =>
      here.filter(({ atService }) => atService === what).length;
    const facts = { throttled: count('throttled'), processing: count('processing') };
    this.slots.set(service, seen(this.slotsOf(service), facts, this.now()));
    this.startNext(service);
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
