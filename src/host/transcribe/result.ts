import type { Failure } from '../../core/failures/failure';
import type { Instructions } from '../../core/request/request';
import type { JobOutcome } from '../jobs/activeJob';

/** What became of one recording, for people. */
export type Result =
  | {
      readonly kind: 'written';
      readonly file: string;
      readonly notePath: string;
      /** What the service says that its user should know about the transcript. The note says it, too. */
      readonly warnings: readonly string[];
    }
  | FailedResult;

/** A recording without a note, at least for now. */
export interface FailedResult {
  readonly kind: 'failed';
  /** Absolute path; of a recording on the web, the place beside which its note goes. */
  readonly file: string;
  /** Of a recording on the web. */
  readonly url?: string | undefined;
  readonly instructions: Instructions;
  readonly failure: Failure;
  /** The id of its job, if the job can go on. */
  readonly jobId: string | undefined;
}

/** The outcome of a job as the result of its recording. */
export function resultOf(outcome: JobOutcome): Result {
  if (outcome.kind === 'written') {
    const { recording, stage } = outcome.job;
    return { kind: 'written', file: recording.path, notePath: stage.note, warnings: outcome.warnings };
  }
  const { failure, job } = outcome;
  return {
    kind: 'failed',
    file: job.recording.path,
    url: job.recording.url,
    instructions: job.instructions,
    failure,
    // A job that was refused or forgotten cannot go on.
    jobId: job.halt === null ? undefined : job.id,
  };
}
