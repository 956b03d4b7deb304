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
  /** As the container says; undefined where it does not. */
  readonly durationSeconds: number | undefined;
  /** What comes later is an encoder's padding; undefined where all of it is sound. */
  readonly endSeconds: number | undefined;
  /**
   * From the beginning.
   *
   * @throws AudioError when too much is damaged
   */
  decode(): AsyncIterable<Piece>;
  close(): Promise<void>;
}
