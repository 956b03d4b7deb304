/** A word as it was heard. */
export interface SpokenWord {
  readonly text: string;
  /** ms from the beginning of the sound. */
  readonly startMs: number;
  readonly endMs: number;
  /** 0 to 1. */
  readonly confidence: number;
  /** From 0, in order of appearance; undefined when speakers were not asked for. */
  readonly speaker?: number;
}

/** What one speaker says in a row. */
export interface SpokenUtterance {
  readonly speaker: number;
  readonly words: readonly SpokenWord[];
}

/** How many speakers to look for; equal bounds where the number is known. */
export interface SpeakerBounds {
  readonly min: number;
  readonly max: number;
}

export interface SpeechOptions {
  /** Undefined: speakers are not told apart. */
  readonly speakers?: SpeakerBounds | undefined;
  /** Called as the work goes on, with how much of the sound is done. */
  readonly onProgress: (doneMs: number) => void;
  /** Asked between two steps of inference, some hundredths of a second apart; true ends the work with `Cancelled`. */
  readonly isCancelled: () => boolean;
}

/** All that was heard in one channel. */
export interface Speech {
  readonly words: readonly SpokenWord[];
  /** Undefined when speakers were not asked for. */
  readonly utterances?: readonly SpokenUtterance[] | undefined;
  /** Of the sound, speech or not. */
  readonly durationMs: number;
  /** How sure it is that the language is English, 0 to 1; undefined where there is too little speech to tell. */
  readonly englishConfidence: number | undefined;
}

/** The work was stopped on request. */
export class Cancelled extends Error {
  constructor() {
    super('Cancelled');
    this.name = 'Cancelled';
  }
}
