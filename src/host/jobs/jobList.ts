import type { JobEntry } from '../../core/jobs/jobEntry';

/** The jobs of this machine, as a view shows them and a user changes them. */
export interface JobList {
  /** Every job, once: open and finished ones, as known now. */
  readonly entries: readonly JobEntry[];
  /** Calls the listener when a job changed, some times a second at most. */
  onDidChange(listener: () => void): { dispose(): void };
  /** Goes on with halted jobs: tries failed ones again, continues interrupted ones, collects detached ones. */
  retry(ids: readonly string[]): Promise<void>;
  /** Writes the note of a finished transcript although its recording is gone, or is another one now. */
  writeNoteAnyway(id: string): Promise<void>;
  /** Lets the user choose another folder, and goes on with failed jobs whose notes are to be written there. */
  saveElsewhere(ids: readonly string[]): Promise<void>;
  /** Stops jobs, and asks whether to forget those that run on at the service. */
  cancelAll(ids: readonly string[]): Promise<void>;
  /** Removes a job, finished or not, without a question. */
  forget(id: string): Promise<void>;
}
