import * as path from 'node:path';
import type { JobIn } from '../../core/jobs/job';
import type { FollowUp } from '../../core/followUps/followUp';

/**
 * What is still to be done at the service about the transcript of a finished job; undefined for nothing. It is deleted
 * there only where its sidecar is safe, too.
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

/** Whether it is one on the web: on this machine nothing is kept, and what was there already was asked of nobody. */
function isRemote(service: string): boolean {
  return /^https?:/.test(service);
}
