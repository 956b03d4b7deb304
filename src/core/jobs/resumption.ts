import { isUsable, type Job } from './job';

/** An upload that is lost at this size costs minutes on many lines. */
const largeBytes = 100e6;

/** After that long nobody sits and waits any more. */
const forgottenMs = 24 * 60 * 60 * 1000;

/**
 * Whether a job that was interrupted goes on only when its user says so: where a large upload would begin anew, and
 * where nothing was sent yet and it was long ago. What was submitted is collected without a question.
 */
export function needsConsent({ stage, recording, changedMs }: Job, nowMs: number): boolean {
  const isLarge = recording.sizeBytes >= largeBytes;
  const isForgotten = nowMs - changedMs >= forgottenMs;
  switch (stage.phase) {
    case 'uploading':
      return isLarge || isForgotten;
    case 'uploaded':
      return isForgotten || (isLarge && !isUsable(stage.upload, nowMs));
    case 'waiting':
      return isForgotten;
    default:
      return false;
  }
}
