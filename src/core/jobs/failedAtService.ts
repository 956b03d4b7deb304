import { Failure, type FailureKind } from '../failures/failure';
import { jobFailure } from '../failures/jobFailure';
import type { TranscriptBody } from '../transcript/model';
import type { Recording } from '../ports';

/** What the service says of an upload that it keeps for a day or so, and may lose before that. */
const uploadLost: readonly FailureKind[] = ['downloadFailed', 'uploadForbidden'];

/** What it says of an address that leads to no recording. */
const nothingThere: readonly FailureKind[] = [...uploadLost, 'notMedia', 'noAudioTrack'];

/** Whether the service no longer has an upload, so that another one helps. */
export function isUploadLost({ kind }: Failure): boolean {
  return uploadLost.includes(kind);
}

/** Why a job failed at the service. Of a recording on the web, its address is what the user can do something about. */
export function failureFor(body: TranscriptBody, { name, url }: Recording): Failure {
  const failure = jobFailure(body['error'], body.id, name);
  return url !== undefined && nothingThere.includes(failure.kind)
    ? new Failure('noRecordingAtUrl', failure.message, { transcriptId: body.id, subject: url })
    : failure;
}
