import { Failure } from '../failures/failure';
import { jobFailure } from '../failures/jobFailure';
import type { TranscriptBody } from '../transcript/model';
import { isDeleted } from '../transcript/parseTranscript';

/**
 * Throws unless a transcript is finished and still has its text.
 *
 * @param host name of the service's host, for the failure
 * @throws Failure `transcriptNotReady`, `transcriptDeleted`, or the reason why its job failed
 */
export function checkFinished(body: TranscriptBody, host: string): void {
  const facts = { transcriptId: body.id, host };
  if (body.status === 'error') {
    throw jobFailure(body['error'], body.id).with({ host });
  }
  if (body.status !== 'completed') {
    throw new Failure('transcriptNotReady', `The transcript is ${body.status}`, facts);
  }
  if (isDeleted(body)) {
    throw new Failure('transcriptDeleted', 'The transcript was emptied', facts);
  }
}
