import type { Results } from './results/results';

/** Where a job stands. `completed` and `error` are final (API: `status`). */
export type TranscriptStatus = 'queued' | 'processing' | 'completed' | 'error';

/** One recognised word. */
export interface Word {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
  /** 0..1, or null where the API gave none. */
  readonly confidence: number | null;
  /** Label such as `A`, `1A` or a name; null when speakers were not told apart. */
  readonly speaker: string | null;
}

/** What the API calls an utterance: an uninterrupted stretch of one speaker. */
export interface Utterance {
  /** Label such as `A`, `1A`, a channel number, or a name. */
  readonly speaker: string;
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly words: readonly Word[];
}

/** A transcript as Steno reads it from the API's JSON: every field present, absence spelled null or []. */
export interface Transcript {
  readonly id: string;
  readonly status: TranscriptStatus;
  /** Whitespace folded, control characters removed; '' when nothing was said. */
  readonly text: string;
  readonly words: readonly Word[];
  /** Empty when speakers were not asked for, or not found. */
  readonly utterances: readonly Utterance[];
  /** API code such as `en` or `de_ch`. */
  readonly language: string | null;
  readonly durationSeconds: number | null;
  /** The model that did the work, such as `universal-3-5-pro`. */
  readonly model: string | null;
  /** What the user should know: a model fallback, a feature left out. */
  readonly warnings: readonly string[];
  /** What else came back: summaries, translations, entities and the like. */
  readonly results: Results;
  /** Reason of status `error`. */
  readonly error: string | null;
}

/**
 * The API's JSON as it came, for the sidecar: checked to be an object with an id and a known status,
 * otherwise untouched.
 */
export type TranscriptBody = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly status: TranscriptStatus;
};
