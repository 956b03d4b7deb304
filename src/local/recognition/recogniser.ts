import type { RecognisedRecording } from './recognisedSpeech';

/** How many speakers to look for; `min` equals `max` when the number is known. */
export interface SpeakerCountRange {
  readonly min: number;
  readonly max: number;
}

/** What to recognise. Plain data, because it is sent to another thread. */
export interface RecognitionTask {
  /** Path of the recording. */
  readonly path: string;
  /** Whether to recognise each channel on its own. */
  readonly byChannel: boolean;
  /** Undefined: do not tell speakers apart. */
  readonly speakers: SpeakerCountRange | undefined;
  /** Start of the part to recognise, ms. */
  readonly fromMs: number;
  /** End of the part to recognise, ms; undefined: the end of the recording. */
  readonly toMs: number | undefined;
}

/** How much of the sound has been recognised, summed over the channels. */
export interface RecognitionProgress {
  readonly doneMs: number;
  /** Undefined when the recording does not say how long it is. */
  readonly totalMs: number | undefined;
}

/** How the caller of a `Recogniser` cancels a task and follows its progress. */
export interface RecognitionOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: RecognitionProgress) => void;
}

/** Turns recordings into words, one recording at a time. */
export interface Recogniser {
  /**
   * @throws RecognitionError when this recording cannot be recognised
   * @throws Cancelled as soon as the signal is aborted
   */
  recognise(task: RecognitionTask, options: RecognitionOptions): Promise<RecognisedRecording>;
}

/** A recording could not be recognised. The message is a sentence for the user, worded like the API's `error` texts. */
export class RecognitionError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RecognitionError';
  }
}

/** Recognition was stopped on request. */
export class Cancelled extends Error {
  constructor() {
    super('Cancelled');
    this.name = 'Cancelled';
  }
}
