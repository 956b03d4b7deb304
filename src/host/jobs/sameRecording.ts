import { existsSync } from 'node:fs';
import type { Job } from '../../core/jobs/job';
import { sha256Of } from '../../node/sha256Of';
import type { Recording } from '../../core/ports';

/**
 * Whether a job is of that recording: it is where it was and as it was, or else it was only moved or touched. For that
 * its bytes have to be the same, as far as those of the job are known, and the job's recording is no longer there.
 */
export async function isJobOf(job: Job, now: Recording, signal: AbortSignal): Promise<boolean> {
  const { path, sizeBytes, modifiedMs } = job.recording;
  const isThere = path === now.path;
  if (job.recording.url !== now.url) {
    return false;
  }
  if (sizeBytes !== now.sizeBytes || (!isThere && existsSync(path))) {
    return false;
  }
  const isAsOld = modifiedMs === now.modifiedMs;
  const sha256 = sha256KnownOf(job);
  if (sha256 === undefined || (isThere && isAsOld)) {
    return isAsOld;
  }
  return (await sha256Of(now.path, signal).catch(() => undefined)) === sha256;
}

function sha256KnownOf({ stage }: Job): string | undefined {
  if ('upload' in stage) {
    return stage.upload.sha256 ?? undefined;
  }
  return 'sha256' in stage ? (stage.sha256 ?? undefined) : undefined;
}
