import { isUsable, type Job } from './job';

/** An upload of that size takes minutes on many connections. */
const largeBytes = 100e6;

/** After that long, no user waits for a job any more. */
const longAgoMs = 24 * 60 * 60 * 1000;

/**
 * Whether a job that was interrupted goes on only when its user says so: when a large upload would start over, or when
 * nothing was submitted yet and it was long ago. A submitted job is collected without a question.
 */
export function needsConsent({ stage, recording, changedMs }: Job, nowMs: number): boolean {
  const isLarge = recording.sizeBytes >= largeBytes;
  const isLongAgo = nowMs - changedMs >= longAgoMs;
  switch (stage.phase) {
    case 'uploading':
      return isLarge || isLongAgo;
    case 'uploaded':
      return isLongAgo || (isLarge && !isUsable(stage.upload, nowMs));
    case 'waiting':
      return isLongAgo;
    default:
      return false;
  }
}
