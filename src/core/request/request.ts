/** Body of `POST /v2/transcript`: only what was chosen, never a key that the API does not know. */
export interface TranscriptRequest {
  readonly audio_url: string;
  readonly speech_models: readonly string[];
  readonly speaker_labels?: boolean;
  readonly language_detection?: boolean;
}

/**
 * What *Transcribe* asks for without further questions: who spoke, in whatever language it is. The models are
 * AssemblyAI's current ones in order of preference; the first that supports the language is used.
 */
export function defaultRequest(audioUrl: string): TranscriptRequest {
  return {
    audio_url: audioUrl,
    speech_models: ['universal-3-5-pro', 'universal-2'],
    speaker_labels: true,
    language_detection: true,
  };
}
