import { Failure } from '../failures/failure';
import { jobFailure } from '../failures/jobFailure';
import type { TranscriptBody } from '../transcript/model';
import { isDeleted } from '../transcript/parseTranscript';

/**
 * Lets only a transcript pass that something can be made of.
 *
 * @param host of the service, for people
 * @throws Failure `transcriptNotReady`, `transcriptDeleted`, or why its job failed
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
