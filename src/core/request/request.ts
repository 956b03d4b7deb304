import type { JsonObject } from '../json';
import { knownModels } from './schema/speechModels';
import type { KnownOptions } from './schema/optionsSchema';

/** Body of `POST /v2/transcript` without `audio_url`: only what was chosen. `optionsSchema` says what it may hold. */
export type TranscriptOptions = JsonObject;

/** Body of `POST /v2/transcript`. */
export type TranscriptRequest = TranscriptOptions & { readonly audio_url: string };

/** What is asked of the service for a recording, and what is done when its note is written. */
export interface Instructions {
  /** Nothing secret is in it: the value of a webhook's header is added when it is sent. */
  readonly options: TranscriptOptions;
  /** Whether transcript and upload are deleted at the service as soon as note and sidecar are safe. */
  readonly deleteAfterwards: boolean;
}

/**
 * What *Transcribe* asks for without further questions: who spoke, in whatever language it is. The models are
 * AssemblyAI's current ones in order of preference; the first that supports the language is used.
 */
export const defaultOptions = {
  speech_models: [...knownModels],
  speaker_labels: true,
  language_detection: true,
} satisfies KnownOptions;

/** The request for a recording at that address, whatever the options say; without options, with those of *Transcribe*. */
export function requestFor(audioUrl: string, options: TranscriptOptions = defaultOptions): TranscriptRequest {
  return { ...options, audio_url: audioUrl };
}

/** What *Transcribe* means. */
export const defaultInstructions: Instructions = { options: defaultOptions, deleteAfterwards: false };
