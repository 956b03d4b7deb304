import { Failure } from '../core/failures/failure';
import { isTranscriptId } from '../core/transcript/parseTranscript';
import type { HttpClient } from './httpClient';
import type { Retry } from './retry';

/** What a call of the API needs: single requests, and when to repeat them. */
export interface ApiAccess {
  readonly http: HttpClient;
  readonly retry: Retry;
}

/**
 * The path of a transcript in the API. An id with `/` would lead to another path.
 *
 * @param host of the service, for the failure
 * @throws Failure `invalidRequest` for a text that cannot be an id
 */
export function transcriptPath(transcriptId: string, host: string): string {
  if (!isTranscriptId(transcriptId)) {
    throw new Failure('invalidRequest', 'This is not a transcript ID', { host });
  }
  return `/v2/transcript/${transcriptId}`;
}
