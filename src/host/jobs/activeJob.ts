import type { Failure } from '../../core/failures/failure';
import type { Job, JobIn } from '../../core/jobs/job';
import type { JobRun } from '../../core/jobs/jobRun';
import type { JobProgress } from '../../core/jobs/progress';
import { isThrottled } from '../../core/jobs/slots';
import type { TranscriptBody } from '../../core/transcript/model';

/** How a job ended in this window. */
export type JobOutcome =
  | {
      readonly kind: 'written';
      readonly job: JobIn<'done'>;
      /** What the service says that its user should know about the transcript. */
      readonly warnings: readonly string[];
    }
  | { readonly kind: 'failed'; readonly job: Job; readonly failure: Failure };

/** Why a job is stopped: its user wants it, this window ends, or a failure concerns all jobs of its service. */
export type StopReason = 'user' | 'window' | Failure;

/** A job that this window works on, or will when its turn comes. */
export class ActiveJob {
  /** Undefined until its turn comes. */
  run: JobRun | undefined;
  progress: JobProgress | undefined;
  stopReason: StopReason | undefined;
  /** How it stood at the service when it was last polled. */
  atService: 'throttled' | 'processing' | undefined;
  /** Never rejects. */
  readonly settled: Promise<JobOutcome>;
  private readonly controller = new AbortController();
  private resolve: (outcome: JobOutcome) => void = () => undefined;

  /**
   * @param isAwaited whether a caller in this window waits for the outcome; not so for a job from another window or an
   * earlier start
   */
  constructor(
    private readonly initial: Job,
    readonly isAwaited: boolean,
    private readonly onProgress: (job: Job, progress: JobProgress) => void,
  ) {
    this.settled = new Promise((resolve) => (this.resolve = resolve));
  }

  /** The job as it stands now. */
  get job(): Job {
    return this.run?.current ?? this.initial;
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  stop(reason: StopReason): void {
    this.stopReason ??= reason;
    this.controller.abort();
  }

  show(progress: JobProgress): void {
    this.progress = progress;
    this.onProgress(this.job, progress);
  }

  polled(body: TranscriptBody): void {
    const isProcessing = body.status === 'processing' ? 'processing' : undefined;
    this.atService = isThrottled(body) ? 'throttled' : isProcessing;
  }

  settle(outcome: JobOutcome): void {
    this.resolve(outcome);
  }
}
