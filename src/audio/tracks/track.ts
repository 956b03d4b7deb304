/** Decoded sound at the rate of the track. */
export interface Piece {
  /** When it begins, in seconds of the file's time; may be below 0. Undefined where it follows on the piece before. */
  readonly at: number | undefined;
  /** One array for each channel, all of one length. */
  readonly channels: readonly Float32Array[];
}

/** The sound track of a file that is open. */
export interface Track {
  readonly sampleRate: number;
  readonly channels: number;
  /** Samples of which pieces usually have whole multiples; 1 where they are of any length. */
  readonly grain: number;
  /** As the container says; undefined where it does not. */
  readonly durationSeconds: number | undefined;
  /** What comes later is an encoder's padding; undefined where all of it is sound. */
  readonly endSeconds: number | undefined;
  /**
   * Decodes from the beginning, or from a piece in the middle. Readers do not disturb each other, and what is not asked for is
   * not read.
   *
   * @param from a second of the file's time: the first piece begins at or before it, unless there is none. 0 is the beginning
   * @param soundFrom pieces that end before that second may be silent: they count by their times and lengths
   * @throws AudioError when too much is damaged, which only who decodes all of it finds out
   */
  decode(from?: number, soundFrom?: number): AsyncIterable<Piece>;
  /**
   * Whether times only ever grow from piece to piece, as far as is known without decoding all. If not, a piece is found by
   * its time from the beginning only.
   */
  timesGrow(): Promise<boolean>;
  close(): Promise<void>;
}
