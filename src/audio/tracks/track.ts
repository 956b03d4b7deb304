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
  /** How many samples a piece usually has, or a divisor of that; 1 where pieces have any length. */
  readonly grain: number;
  /** As the container says; undefined where it does not. */
  readonly durationSeconds: number | undefined;
  /** What comes later is an encoder's padding; undefined where all of it is sound. */
  readonly endSeconds: number | undefined;
  /**
   * Decodes the track, all of it or from a piece in the middle. Several readers may run at the same time. A reader that stops
   * early stops reading the file.
   *
   * @param from a second of the file's time. The first piece begins at or before it, unless no piece does. 0 for the beginning
   * @param soundFrom pieces that end before this second may be silent; only their times and lengths are right
   * @throws AudioError when too much is damaged, but only when all of the track is decoded
   */
  decode(from?: number, soundFrom?: number): AsyncIterable<Piece>;
  close(): Promise<void>;
}
