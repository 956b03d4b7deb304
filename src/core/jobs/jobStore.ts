import type { Recording } from './ports';

/** A job that exists at the service and whose result has not been written down yet. */
export interface SubmittedJob {
  readonly transcriptId: string;
  /** Where it runs, such as `https://api.assemblyai.com`. */
  readonly origin: string;
  readonly recording: Recording;
  /** Of the bytes that were uploaded, lower-case hex. */
  readonly sha256: string;
  /** ms since 1970. */
  readonly submittedMs: number;
}

/** Remembers submitted jobs over restarts, so that nothing is uploaded or paid for twice. */
export interface JobStore {
  /** The job of exactly this recording (same place, size and age) at this service. */
  find(recording: Recording, origin: string): SubmittedJob | undefined;
  put(job: SubmittedJob): Promise<void>;
  remove(transcriptId: string): Promise<void>;
}

/** Whether a job was made from the recording as it is now. */
export function isJobOf(job: SubmittedJob, recording: Recording, origin: string): boolean {
  return (
    job.origin === origin &&
    job.recording.path === recording.path &&
    job.recording.sizeBytes === recording.sizeBytes &&
    job.recording.modifiedMs === recording.modifiedMs
  );
}
