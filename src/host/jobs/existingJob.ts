import { existsSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { Failure } from '../../core/failures/failure';
import { hasTranscript, mayRunAtService, type Job } from '../../core/jobs/job';
import type { Recording } from '../../core/ports';
import { defaultOptions, type Instructions } from '../../core/request/request';
import { isSameName } from '../../node/actualPath';
import { sha256Of } from '../../node/sha256Of';

/** The open job of a recording at a service, even where the recording was moved or touched since; undefined for none. */
export async function findJobOf(
  recording: Recording,
  service: string,
  open: readonly Job[],
  signal: AbortSignal,
): Promise<Job | undefined> {
  for (const job of open) {
    if (job.service === service && (await isJobOf(job, recording, signal))) {
      return job;
    }
  }
  return undefined;
}

/**
 * Whether a job is that of a recording. The recording may be at its place and unchanged. Or it was only moved or
 * touched: then its bytes are those of the job, as far as these are known, and the job's own file is gone.
 */
async function isJobOf(job: Job, recording: Recording, signal: AbortSignal): Promise<boolean> {
  const { path, sizeBytes, modifiedMs } = job.recording;
  const isAtPlace = isSameName(path, recording.path);
  if (job.recording.url !== recording.url) {
    return false;
  }
  if (sizeBytes !== recording.sizeBytes || (!isAtPlace && existsSync(path))) {
    return false;
  }
  const isAsOld = modifiedMs === recording.modifiedMs;
  const sha256 = knownSha256(job);
  if (sha256 === undefined || (isAtPlace && isAsOld)) {
    return isAsOld;
  }
  return (await sha256Of(recording.path, signal).catch(() => undefined)) === sha256;
}

function knownSha256({ stage }: Job): string | undefined {
  if ('upload' in stage) {
    return stage.upload.sha256 ?? undefined;
  }
  return 'sha256' in stage ? (stage.sha256 ?? undefined) : undefined;
}

/**
 * The failed jobs of earlier recordings that were at the same path: there is nothing left that they could send, and
 * nothing of them is paid for.
 *
 * @param same the open job of the recording itself, if there is one
 */
export function outdatedJobs(
  recording: Recording,
  same: Job | undefined,
  open: readonly Job[],
): readonly Job[] {
  return open.filter(
    (job) =>
      job !== same &&
      isSameName(job.recording.path, recording.path) &&
      job.halt?.reason === 'failed' &&
      !mayRunAtService(job) &&
      !hasTranscript(job),
  );
}

/**
 * A halted job as it goes on when its recording is chosen again.
 *
 * @param fresh the job as it was chosen now
 * @throws Failure `askedOtherwise` where the service already has it with other options than were chosen now
 */
export function chosenAgain(known: Job, fresh: Job): Job {
  const { recording, notePath, force, batch, chosenMs } = fresh;
  const instructions = instructionsFor(known, fresh);
  if (instructions === undefined) {
    throw new Failure('askedOtherwise', 'The service has it with other options', { subject: recording.name });
  }
  return { ...known, recording, notePath, instructions, force, batch, chosenMs };
}

/** Undefined where the options cannot be had any more. Plain *Transcribe* accepts any options that the service has. */
function instructionsFor(known: Job, { instructions }: Job): Instructions | undefined {
  if (!mayRunAtService(known) && !hasTranscript(known)) {
    return instructions;
  }
  const { options } = known.instructions;
  const isWanted = [options, defaultOptions].some((each) => isDeepStrictEqual(each, instructions.options));
  const deleteAfterwards = known.instructions.deleteAfterwards || instructions.deleteAfterwards;
  return isWanted ? { options, deleteAfterwards } : undefined;
}
