import type { Results } from './results/results';

/** The API's `status` of a job. `completed` and `error` are final. */
export type TranscriptStatus = 'queued' | 'processing' | 'completed' | 'error';

/** A recognised word. */
export interface Word {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
  /** 0 to 1; null where the API gives none. */
  readonly confidence: number | null;
  /** Label such as `A` or `1A`, or a name; null where speakers are not told apart. */
  readonly speaker: string | null;
}

/** What one speaker says without interruption, as the API divides it. */
export interface Utterance {
  /** Label such as `A`, `1A`, a channel number, or a name. */
  readonly speaker: string;
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly words: readonly Word[];
}

/**
 * A transcript as `parseTranscript` reads it from the API's JSON. All fields are present; missing values are null or
 * [].
 */
export interface Transcript {
  readonly id: string;
  readonly status: TranscriptStatus;
  /** All that was said, as clean text (see `cleanText`); '' for no speech. */
  readonly text: string;
  readonly words: readonly Word[];
  /** Empty where speakers were not requested or not found. */
  readonly utterances: readonly Utterance[];
  /** API code such as `en` or `de_ch`. */
  readonly language: string | null;
  readonly durationSeconds: number | null;
  /** The speech model that was used, such as `assemblyai-stt-3-7`. */
  readonly model: string | null;
  /** Sentences that the user should read, such as that another model was used or a feature was left out. */
  readonly warnings: readonly string[];
  /** Other results: summaries, translations, entities and the like. */
  readonly results: Results;
  /** Reason of status `error`. */
  readonly error: string | null;
}

/**
 * The transcript body: the API's JSON of a transcript, which the sidecar keeps. It is unchecked, except that
 * `parseTranscriptBody` has made sure of an id and a known status.
 */
export type TranscriptBody = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly status: TranscriptStatus;
};
