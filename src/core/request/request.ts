import type { JsonObject } from '../json';
import type { KnownOptions } from './schema/optionsSchema';
import { requestedModels } from './schema/speechModels';

/**
 * Body of `POST /v2/transcript` without `audio_url`, with only the parameters that were chosen. See `optionsSchema`.
 */
export type TranscriptOptions = JsonObject;

/** Body of `POST /v2/transcript`. */
export type TranscriptRequest = TranscriptOptions & { readonly audio_url: string };

/** What to request for a recording, and what to do once its note is written. */
export interface Instructions {
  /** Never contains a secret: the value of a webhook's header is added when the job is submitted. */
  readonly options: TranscriptOptions;
  /** Whether the transcript and the upload are deleted at the service once note and sidecar are written. */
  readonly deleteAfterwards: boolean;
}

/**
 * The options of *Transcribe*: speakers, and detection of the language. AssemblyAI uses the first of the models that
 * supports the language.
 */
export const defaultOptions = {
  speech_models: [...requestedModels],
  speaker_labels: true,
  language_detection: true,
} satisfies KnownOptions;

/** The request for a recording. @param audioUrl address of its upload, or of a recording on the web */
export function requestFor(audioUrl: string, options: TranscriptOptions = defaultOptions): TranscriptRequest {
  return { ...options, audio_url: audioUrl };
}

/** The instructions of *Transcribe*. */
export const defaultInstructions: Instructions = { options: defaultOptions, deleteAfterwards: false };
