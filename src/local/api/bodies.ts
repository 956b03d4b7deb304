import type { JsonObject } from '../../core/json';

/** A word as the API sends it. */
export interface WordBody {
  readonly text: string;
  /** ms from the start of the recording. */
  readonly start: number;
  /** ms from the start of the recording. */
  readonly end: number;
  /** 0 to 1. */
  readonly confidence: number;
  /** For example `A`; null if speakers were not told apart. */
  readonly speaker: string | null;
  /** For example `1`; only in multichannel transcripts. */
  readonly channel?: string;
}

/** An utterance as the API sends it: what one speaker says in a row. */
export interface UtteranceBody extends Omit<WordBody, 'speaker'> {
  readonly speaker: string;
  readonly words: readonly WordBody[];
}

/**
 * The body of a transcript after the submit: it repeats the parameters and has no results. Keys that AssemblyAI's OpenAPI
 * description does not allow to be null are left out as long as they have no value.
 *
 * @param parameters the body of the submit
 */
export function queuedBody(id: string, parameters: JsonObject): JsonObject {
  // The value of this header is a secret: the body says only whether there is one.
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

/** The body of a transcript whose job has started. */
export function processingBody(body: JsonObject): JsonObject {
  return { ...body, status: 'processing', throttled: null };
}

/**
 * The body of a transcript whose job failed.
 *
 * @param error the reason, as a sentence
 */
export function failedBody(body: JsonObject, error: string): JsonObject {
  return { ...body, status: 'error', error };
}

/** The body of a transcript with its results. */
export function completedBody(body: JsonObject, results: JsonObject): JsonObject {
  return { ...body, ...results, status: 'completed' };
}

/** The body of a transcript after DELETE: it still exists, with the same status, but without content. */
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

/** Whether the job of a transcript has ended, by its status. */
export function isFinal(status: unknown): boolean {
  return status === 'completed' || status === 'error';
}

/** Mean confidence of some words; null if there are none. */
export function meanConfidence(words: readonly { readonly confidence: number }[]): number | null {
  return words.length === 0 ? null : words.reduce((sum, word) => sum + word.confidence, 0) / words.length;
}
