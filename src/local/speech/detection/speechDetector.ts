import { SampleHistory } from './sampleHistory';
import { type Bounds, SpeechBounds, windowSamples } from './speechBounds';

/** A stretch of sound with speech in it. */
export interface Segment {
  /** Samples from the beginning of the sound. */
  readonly start: number;
  readonly samples: Float32Array;
}

/** Judges windows of a sound in their order. */
export interface VoiceActivityModel {
  next(window: Float32Array): Promise<number>;
}

/** Takes a sound block by block and gives the stretches with speech; keeps no more of it than one stretch. */
export class SpeechDetector {
  private readonly history = new SampleHistory();
  private readonly bounds = new SpeechBounds();
  private position = 0;

  constructor(private readonly model: VoiceActivityModel) {}

  /** Samples of which it is settled whether they are speech. */
  get settled(): number {
    return this.bounds.settled;
  }

  /** Samples taken so far. */
  get end(): number {
    return this.history.end;
  }

  async *add(block: Float32Array): AsyncGenerator<Segment> {
    this.history.add(block, this.bounds.settled);
    while (this.position + windowSamples <= this.history.end) {
      yield* this.judgeWindow();
    }
  }

  async *finish(): AsyncGenerator<Segment> {
    if (this.position < this.history.end) {
      yield* this.judgeWindow();
    }
    yield* this.segment(this.bounds.end(this.history.end));
  }

  private async *judgeWindow(): AsyncGenerator<Segment> {
    const window = this.history.slice(this.position, this.position + windowSamples);
    this.position += windowSamples;
    yield* this.segment(this.bounds.add(await this.model.next(window)));
  }

  private *segment(bounds: Bounds | undefined): Generator<Segment> {
    if (bounds) {
      yield { start: bounds.from, samples: this.history.slice(bounds.from, bounds.to) };
    }
  }
}
