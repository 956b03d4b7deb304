import type { JobEntry } from '../../core/jobs/jobEntry';

export type { JobEntry } from '../../core/jobs/jobEntry';

/** The jobs of this machine, as a view shows them and as its user changes them. */
export interface JobList {
  /** Open jobs and finished ones, as known now. */
  readonly entries: readonly JobEntry[];
  /** Called when anything changed, at most some times a second. */
  onDidChange(listener: () => void): { dispose(): void };
  /** Goes on with jobs that failed, were interrupted, or were left at the service, whose transcripts it collects. */
  retry(ids: readonly string[]): Promise<void>;
  /** Has the note of a finished transcript written although its recording is gone, or not what it was. */
  writeNoteAnyway(id: string): Promise<void>;
  /** Stops jobs; asks what is to become of those that the service is at work on. */
  cancelAll(ids: readonly string[]): Promise<void>;
  /** Removes a job, finished or not, without a question. */
  forget(id: string): Promise<void>;
}
