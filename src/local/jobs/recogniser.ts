import type { SpeakerBounds, Speech } from '../speech/heard/speech';

/** What is to be recognised; plain data, since it travels to another thread. */
export interface RecognitionTask {
  /** Of the recording. */
  readonly path: string;
  /** Whether each channel is heard alone. */
  readonly byChannel: boolean;
  /** Undefined: speakers are not told apart. */
  readonly speakers: SpeakerBounds | undefined;
  /** The part of the recording that is wanted, ms. */
  readonly fromMs: number;
  readonly toMs: number | undefined;
}

export interface Recognition {
  /** All of the recording in one, or each of its channels in order. Times are those of the recording. */
  readonly channels: readonly Speech[];
  /** Of the whole recording. */
  readonly durationMs: number;
}

/** How much of the sound is done, over all channels. */
export interface RecognitionProgress {
  readonly doneMs: number;
  /** Undefined where the recording does not say how long it is. */
  readonly totalMs: number | undefined;
}

export interface RecognitionOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: RecognitionProgress) => void;
}

/** Turns recordings into words, one at a time. */
export interface Recogniser {
  /**
   * @throws RecognitionError when nothing can be had of this recording
   * @throws Cancelled as soon as the signal is aborted
   */
  recognise(task: RecognitionTask, options: RecognitionOptions): Promise<Recognition>;
}

/** Why a recording was not recognised; the message is a sentence for people, in the manner of the API's `error` texts. */
export class RecognitionError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RecognitionError';
  }
}
