import type { Recording } from './ports';

/** A recording that has been uploaded, and whose transcript has not been written down yet. */
export interface PendingJob {
  /** The upload's URL, which no other job has. */
  readonly audioUrl: string;
  /** Where it runs, such as `https://api.assemblyai.com`. */
  readonly origin: string;
  readonly recording: Recording;
  /** Of the bytes that were uploaded, lower-case hex. */
  readonly sha256: string;
  /** When its submit was begun, ms since 1970. */
  readonly startedMs: number;
  /** Missing as long as no answer to the submit was seen: the job may exist, or not. */
  readonly transcriptId?: string;
}

/** Remembers jobs over restarts, so that nothing is uploaded or paid for twice. */
export interface JobStore {
  /** The job of exactly this recording (same place, size and age) at this service. */
  find(recording: Recording, origin: string): PendingJob | undefined;
  /** Keeps a job, in place of what was known of it. */
  put(job: PendingJob): Promise<void>;
  remove(audioUrl: string): Promise<void>;
}

/** Whether a job was made from the recording as it is now. */
export function isJobOf(job: PendingJob, recording: Recording, origin: string): boolean {
  return (
    job.origin === origin &&
    job.recording.path === recording.path &&
    job.recording.sizeBytes === recording.sizeBytes &&
    job.recording.modifiedMs === recording.modifiedMs
  );
}
