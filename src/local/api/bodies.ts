import type { JsonObject } from '../../core/json';

/** A word in a body of the API; times in ms from the beginning of the recording. */
export interface WordBody {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** 0 to 1. */
  readonly confidence: number;
  /** Such as `A`; null where speakers were not told apart. */
  readonly speaker: string | null;
  /** Such as `1`; only of multichannel transcripts. */
  readonly channel?: string;
}

/** What one speaker says in a row. */
export interface UtteranceBody extends Omit<WordBody, 'speaker'> {
  readonly speaker: string;
  readonly words: readonly WordBody[];
}

/**
 * A transcript as it is just after the submit: the parameters echoed, no results. Keys for which the published
 * description admits no null are left out where there is nothing to say.
 *
 * @param parameters body of the submit
 */
export function queuedBody(id: string, parameters: JsonObject): JsonObject {
  // The value of that header is a secret: only that there is one is told.
  const { webhook_auth_header_value: secret, ...echoed } = parameters;
  const given = Object.entries(echoed).filter(([, value]) => value !== null);
  return {
    id,
    status: 'queued',
    language_model: 'assemblyai_default',
    acoustic_model: 'assemblyai_default',
    speech_model: null,
    text: null,
    words: null,
    utterances: null,
    confidence: null,
    audio_duration: null,
    punctuate: true,
    format_text: true,
    multichannel: false,
    webhook_auth: typeof secret === 'string',
    webhook_url: null,
    auto_highlights: false,
    redact_pii: false,
    summarization: false,
    language_confidence: null,
    language_confidence_threshold: null,
    throttled: null,
    ...Object.fromEntries(given),
  };
}

/** A transcript after its job was begun. */
export function processingBody(body: JsonObject): JsonObject {
  return { ...body, status: 'processing', throttled: null };
}

/** A transcript whose job failed, with the reason as a sentence. */
export function failedBody(body: JsonObject, error: string): JsonObject {
  return { ...body, status: 'error', error };
}

/** A transcript with its results. */
export function completedBody(body: JsonObject, results: JsonObject): JsonObject {
  return { ...body, ...results, status: 'completed' };
}

/** A transcript after DELETE: emptied, yet still there, and its status what it was. */
export function deletedBody(body: JsonObject): JsonObject {
  return {
    ...body,
    text: 'Deleted by user.',
    audio_url: 'http://deleted_by_user',
    webhook_url: 'http://deleted_by_user',
    words: null,
    utterances: null,
    confidence: null,
  };
}

/** Whether a transcript will not change any more by itself. */
export function isFinal(status: unknown): boolean {
  return status === 'completed' || status === 'error';
}

/** Mean of what the words say; null where there are none. */
export function meanConfidence(words: readonly { readonly confidence: number }[]): number | null {
  return words.length === 0 ? null : words.reduce((sum, word) => sum + word.confidence, 0) / words.length;
}
