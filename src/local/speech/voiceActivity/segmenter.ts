import { SampleHistory } from './sampleHistory';
import { type SegmentBounds, SegmentFinder, vadWindowSamples } from './segmentFinder';

/** A stretch of sound with speech in it. */
export interface SpeechSegment {
  /** Position of the first sample in the sound. */
  readonly start: number;
  readonly samples: Float32Array;
}

/** Rates the windows of one sound in order. */
export interface VoiceActivityModel {
  /** @returns the probability that the next window is speech, 0 to 1 */
  next(window: Float32Array): Promise<number>;
}

/** Takes a sound block by block and yields its speech segments. Keeps at most one segment of the sound. */
export class Segmenter {
  private readonly history = new SampleHistory();
  private readonly finder = new SegmentFinder();
  private position = 0;

  constructor(private readonly model: VoiceActivityModel) {}

  /** Position up to which all speech has been yielded. */
  get settled(): number {
    return this.finder.settled;
  }

  /** Number of samples added so far. */
  get end(): number {
    return this.history.end;
  }

  /** Adds a block and yields the segments that it completes. */
  async *add(block: Float32Array): AsyncGenerator<SpeechSegment> {
    this.history.add(block, this.finder.settled);
    while (this.position + vadWindowSamples <= this.history.end) {
      yield* this.rateWindow();
    }
  }

  /** Ends the sound and yields the segments that remain. */
  async *finish(): AsyncGenerator<SpeechSegment> {
    if (this.position < this.history.end) {
      yield* this.rateWindow();
    }
    yield* this.segment(this.finder.finish(this.history.end));
  }

  private async *rateWindow(): AsyncGenerator<SpeechSegment> {
    const window = this.history.slice(this.position, this.position + vadWindowSamples);
    this.position += vadWindowSamples;
    yield* this.segment(this.finder.add(await this.model.next(window)));
  }

  private *segment(bounds: SegmentBounds | undefined): Generator<SpeechSegment> {
    if (bounds) {
      yield { start: bounds.from, samples: this.history.slice(bounds.from, bounds.to) };
    }
  }
}
