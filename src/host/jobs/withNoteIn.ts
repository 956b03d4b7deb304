import * as path from 'node:path';
import { advanced, isIn, type Job } from '../../core/jobs/job';

/**
 * A failed job as it goes on with its note in another folder. Where the sidecar could not be written, it goes on without
 * one.
 *
 * @param folder absolute path
 */
export function withNoteIn(folder: string, job: Job, nowMs: number): Job {
  const lacksSidecar = job.halt?.reason === 'failed' && job.halt.failure.kind === 'sidecarUnwritable';
  const going = lacksSidecar ? withoutRecording(job, nowMs) : job;
  return { ...going, notePath: path.join(folder, path.basename(job.notePath)) };
}

/** The job without its recording, beside which no sidecar counts any more: the transcript stays in the journal. */
export function withoutRecording(job: Job, nowMs: number): Job {
  if (!isIn(job, 'transcribed') && !isIn(job, 'saved')) {
    return job;
  }
  const { transcriptId, sha256 } = job.stage;
  const stage = { phase: 'saved', transcriptId, sha256, hasSidecar: false } as const;
  return isIn(job, 'saved') ? { ...job, stage } : advanced(job, stage, nowMs);
}
