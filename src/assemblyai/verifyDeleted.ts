import { asFailure, Failure } from '../core/failures/failure';
import type { TranscriptBody } from '../core/transcript/model';
import { isDeleted } from '../core/transcript/parseTranscript';

/** Delays before each check, in ms. The service may still show a transcript that was deleted a moment ago. */
const checkDelaysMs: readonly number[] = [0, 1000, 5000];

/**
 * Checks that a transcript was deleted at the service.
 *
 * @param getTranscript gets the transcript from the service
 * @throws Failure `notDeleted`, `transcriptNotReady` for a job that is still running, or that of `getTranscript`
 */
export async function verifyDeleted(
  getTranscript: () => Promise<TranscriptBody>,
  sleep: (ms: number) => Promise<void>,
  facts: { readonly host: string; readonly transcriptId: string },
): Promise<void> {
  let status = '';
  for (const delayMs of checkDelaysMs) {
    if (delayMs > 0) {
      await sleep(delayMs);
    }
    const body = await getTranscript().catch((thrown: unknown) => undefinedIfMissing(asFailure(thrown)));
    if (body === undefined || isDeleted(body)) {
      return;
    }
    status = body.status;
  }
  throw status === 'queued' || status === 'processing'
    ? new Failure('transcriptNotReady', `It is ${status}, and cannot be deleted yet`, facts)
    : new Failure('notDeleted', 'It can still be read', facts);
}

/** Undefined for a transcript that is gone. Any other failure is thrown, since it proves nothing. */
function undefinedIfMissing(failure: Failure): undefined {
  if (failure.kind !== 'notFound' && failure.kind !== 'transcriptDeleted') {
    throw failure;
  }
}
