import { Failure, type FailureKind } from '../failures/failure';
import { jobFailure } from '../failures/jobFailure';
import type { TranscriptBody } from '../transcript/model';
import type { Recording } from '../ports';
import type { Stage } from './job';

/** What the service says about an upload that it has lost: it keeps uploads for about a day, or less. */
const uploadLost: readonly FailureKind[] = ['downloadFailed', 'uploadForbidden'];

/** What the service says about an address that leads to no recording. */
const nothingThere: readonly FailureKind[] = [...uploadLost, 'notMedia', 'noAudioTrack'];

/** Whether the service lost an upload, so that another one helps. */
export function isUploadLost({ kind }: Failure): boolean {
  return uploadLost.includes(kind);
}

/** Why a job failed at the service. For a recording on the web, the address is what its user can mend. */
export function failureFor(body: TranscriptBody, { name, url }: Recording): Failure {
  const failure = jobFailure(body['error'], body.id, name);
  return url !== undefined && nothingThere.includes(failure.kind)
    ? new Failure('noRecordingAtUrl', failure.message, { transcriptId: body.id, subject: url })
    : failure;
}

/** @throws Failure the same, unless it says that the service no longer has a job */
export function unlessGone(failure: Failure): undefined {
  if (failure.kind !== 'notFound') {
    throw failure;
  }
  return undefined;
}

/** A failure that also tells a user who cancels that the job runs on at the service, or may. */
export function withWhatRunsOn(failure: Failure, stage: Stage): Failure {
  if (failure.kind === 'cancelled' && stage.phase === 'submitting') {
    const { message, host } = failure;
    return new Failure('cancelledWhileSubmitting', message, { cause: failure, host });
  }
  return failure.kind === 'cancelled' && stage.phase === 'submitted'
    ? failure.with({ transcriptId: stage.transcriptId })
    : failure;
}
