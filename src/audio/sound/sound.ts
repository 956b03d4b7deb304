/** Samples per second of everything that is recognised. */
export const sampleRate = 16_000;

/** The sound of a recording, decoded as it is read: a file of any length needs the same memory. */
export interface Sound {
  /** Of the sound track, as it lies in the file. */
  readonly channels: number;
  /** As the container says; undefined where it does not. */
  readonly durationSeconds: number | undefined;
  /**
   * Decodes from a second on, in blocks of at most ten seconds of samples at 16 kHz, in [-1, 1]. The samples are those that
   * decoding from the beginning gives from the sample on that is next to this second; in Opus, whose decoder takes a while to
   * settle, they differ by noise that is too soft to hear. What lies before that second is read only where nothing in the file
   * tells where the second is. Any number of readers may be on their way.
   *
   * @param channel one channel, from 0, or the mean of all
   * @param fromSeconds 0 or later; nothing follows from the end on
   * @throws AudioError when the file turns out to be damaged, more than a tenth of it; only decoding from the beginning finds
   *   out
   */
  samples(channel: number | 'mix', fromSeconds?: number): AsyncIterable<Float32Array>;
  close(): Promise<void>;
}

/** What is wrong with a recording; the message is a sentence for people, in the manner of the API's `error` texts. */
export class AudioError extends Error {
  constructor(
    readonly kind: 'notAudio' | 'unsupported' | 'damaged' | 'tooShort',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'AudioError';
  }
}
