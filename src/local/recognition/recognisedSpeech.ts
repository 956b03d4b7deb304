/** A word as the recogniser heard it. */
export interface RecognisedWord {
  readonly text: string;
  /** From the start of the sound, ms. */
  readonly startMs: number;
  /** From the start of the sound, ms. */
  readonly endMs: number;
  /** 0 to 1. */
  readonly confidence: number;
  /** Numbered from 0, in order of appearance; undefined when the task did not ask for speakers. */
  readonly speaker?: number;
}

/** What one speaker says in a row. */
export interface RecognisedUtterance {
  /** Numbered from 0, in order of appearance. */
  readonly speaker: number;
  readonly words: readonly RecognisedWord[];
}

/** Everything that was recognised in one channel, or in the mix of all channels. */
export interface RecognisedChannel {
  readonly words: readonly RecognisedWord[];
  /** Undefined when the task did not ask for speakers. */
  readonly utterances?: readonly RecognisedUtterance[] | undefined;
  /** Length of the sound, including silence. */
  readonly durationMs: number;
  /** How likely it is that the language is English, 0 to 1; undefined when there is too little speech to tell. */
  readonly englishConfidence: number | undefined;
}

/** Everything that was recognised in a recording. */
export interface RecognisedRecording {
  /** The mix of all channels as the only entry, or each channel in order. Times count from the start of the recording. */
  readonly channels: readonly RecognisedChannel[];
  /** Length of the whole recording, even if the task covers only a part of it. */
  readonly durationMs: number;
}
