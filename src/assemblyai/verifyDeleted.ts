import { asFailure, Failure } from '../core/failures/failure';
import type { TranscriptBody } from '../core/transcript/model';
import { isDeleted } from '../core/transcript/parseTranscript';

/** Waits before each look, ms: what was deleted a moment ago may still be shown. */
const checkDelaysMs: readonly number[] = [0, 1000, 5000];

/**
 * Looks whether a transcript that the service was asked to delete is gone.
 *
 * @param look asks for the transcript as it stands now
 * @throws Failure `notDeleted`, `transcriptNotReady` for a job that goes on, or that of the look
 */
export async function verifyDeleted(
  look: () => Promise<TranscriptBody>,
  sleep: (ms: number) => Promise<void>,
  facts: { readonly host: string; readonly transcriptId: string },
): Promise<void> {
  let status = '';
  for (const delayMs of checkDelaysMs) {
    if (delayMs > 0) {
      await sleep(delayMs);
    }
    const body = await look().catch((thrown: unknown) => missing(asFailure(thrown)));
    if (body === undefined || isDeleted(body)) {
      return;
    }
    status = body.status;
  }
  throw status === 'queued' || status === 'processing'
    ? new Failure('transcriptNotReady', `It is ${status}, and cannot be deleted yet`, facts)
    : new Failure('notDeleted', 'It can still be read', facts);
}

/** What is not there was deleted; any other failure tells nothing. */
function missing(failure: Failure): undefined {
  if (failure.kind !== 'notFound' && failure.kind !== 'transcriptDeleted') {
    throw failure;
  }
}
