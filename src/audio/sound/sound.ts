/** Samples per second of everything that is recognised. */
export const sampleRate = 16_000;

/** Lowest and highest rate of any file that is meant to be heard; they bound the work of changing it. */
const lowestRate = 1000;
const highestRate = 384_000;

/** Whether a file with so many samples per second is meant to be heard. */
export function isAudible(rate: number): boolean {
  return rate >= lowestRate && rate <= highestRate;
}

/** The sound of a recording, decoded as it is read: a file of any length needs the same memory. */
export interface Sound {
  /** Of the sound track, as it lies in the file. */
  readonly channels: number;
  /** As the container says; undefined where it does not. */
  readonly durationSeconds: number | undefined;
  /**
   * Decodes the sound from a second on, in blocks of at most ten seconds of samples at 16 kHz, in [-1, 1]. Several readers may
   * run at the same time. A reader that stops early stops reading the file.
   *
   * `samples(channel, s)` equals `samples(channel)` from sample `round(16000 * s)` on, bit for bit, with these exceptions:
   * - Opus at low bit rates (its SILK mode) differs by noise 45 dB below the sound, as its decoder never settles completely.
   * - In MP4 and Matroska files whose own times start anew in the middle, a reader may begin elsewhere. Once a reader has come
   *   across such a restart, all later ones decode from the beginning.
   * - Where a file of MPEG audio frames without a header precedes one with a header in the same file, starts may be off by a frame.
   * - Where recordings of other rates were joined in one file of MPEG audio or ADTS frames, starts behind that place may be off by a
   *   millisecond, unless one rate divides the other.
   *
   * The bytes before that second are not read, with two exceptions: the frame headers of MP3 files with several bit rates and of
   * ADTS files are counted once from the beginning, and so are the packets of MPEG-TS files that were joined.
   *
   * @param channel one channel, from 0, or the mean of all
   * @param fromSeconds 0 or later; there are no samples from the end on
   * @throws AudioError when more than a tenth of the file is damaged, but only when it is decoded from the beginning
   */
  samples(channel: number | 'mix', fromSeconds?: number): AsyncIterable<Float32Array>;
  /** Readers that still run fail. */
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
