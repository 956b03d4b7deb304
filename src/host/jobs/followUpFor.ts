import * as path from 'node:path';
import type { FollowUp } from '../../core/followUps/followUp';
import type { JobIn } from '../../core/jobs/job';

/**
 * What is still to do at the service about the transcript of a finished job; undefined for nothing. The transcript is
 * deleted there only where its sidecar is safe.
 */
export function followUpFor(job: JobIn<'done'>): FollowUp | undefined {
  const { instructions, recording, service, stage } = job;
  const { options, deleteAfterwards } = instructions;
  const hasRedactedAudio = options['redact_pii'] === true && options['redact_pii_audio'] === true;
  const deletes = deleteAfterwards && stage.hasSidecar;
  if (!isRemote(service) || !(deletes || hasRedactedAudio)) {
    return undefined;
  }
  const extension = options['redact_pii_audio_quality'] === 'wav' ? 'wav' : 'mp3';
  const name = `${path.parse(recording.name).name}.redacted.${extension}`;
  return {
    transcriptId: stage.transcriptId,
    service,
    name: recording.name,
    deletes,
    redactedAudio: hasRedactedAudio ? path.join(path.dirname(recording.path), name) : null,
  };
}

/** Whether a service keeps what it is sent. The one on this machine does not, and a job that needed none sent nothing. */
function isRemote(service: string): boolean {
  return /^https?:/.test(service);
}
