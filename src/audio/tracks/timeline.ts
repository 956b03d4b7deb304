import type { Piece } from './track';

/**
 * Pieces that lie less than this from where the samples before them end follow on: containers round times, some to
 * milliseconds and worse, and each correction would be heard.
 */
const toleranceSeconds = 0.06;
/** A piece that begins this much before the end of what is there does not overlap: time starts anew. */
const restartSeconds = 1;
/** All silence that is filled in, together: a file that says more is wrong, and would not end for days. */
const mostSilenceSeconds = 10 * 3600;

/**
 * Lays pieces of sound in a row as their times say: gaps become silence; what lies before 0, or where there is sound
 * already, is dropped.
 *
 * @param pick makes one signal of the channels
 * @yields a second at a time, and at last the rest
 */
export async function* onTimeline(
  pieces: AsyncIterable<Piece>,
  rate: number,
  pick: (channels: readonly Float32Array[]) => Float32Array,
): AsyncGenerator<Float32Array> {
  const second = new Second(rate);
  const placement = new Placement(rate);
  for await (const { at, channels } of pieces) {
    const samples = pick(channels);
    const gap = placement.place(at, samples.length);
    yield* second.addSilence(Math.max(0, gap));
    yield* second.add(samples.subarray(Math.max(0, -gap)));
  }
  yield* second.rest();
}

/** Keeps account of where the row ends, in samples. */
class Placement {
  private end = 0;
  private silence = 0;
  /** How much earlier the pieces are laid than they say, since a restart of their times. */
  private shift = 0;
  private isFirst = true;

  constructor(private readonly rate: number) {}

  /** @returns the samples of silence before the piece or, below 0, how many of its samples are dropped */
  place(at: number | undefined, length: number): number {
    const gap = Math.max(-length, this.gapBefore(at));
    this.end += gap + length;
    this.isFirst = false;
    if (gap > 0) {
      this.silence += gap;
    }
    return gap;
  }

  private gapBefore(at: number | undefined): number {
    if (at === undefined) {
      return 0;
    }
    const { rate } = this;
    const start = Math.round(at * rate) - this.shift;
    const gap = start - this.end;
    // Where the row begins there is nothing to keep together, and encoders want their lead-in cut to the sample.
    if (this.isFirst || start < 0) {
      return Math.min(gap, this.silenceLeft);
    }
    if (Math.abs(gap) < toleranceSeconds * rate) {
      return 0;
    }
    if (gap < -restartSeconds * rate || gap > this.silenceLeft) {
      this.shift += gap;
      return 0;
    }
    return gap;
  }

  private get silenceLeft(): number {
    return mostSilenceSeconds * this.rate - this.silence;
  }
}

/** Collects samples until they make up a second. */
class Second {
  private samples: Float32Array;
  private filled = 0;

  constructor(private readonly length: number) {
    this.samples = new Float32Array(length);
  }

  *add(samples: Float32Array): Generator<Float32Array> {
    let taken = 0;
    while (taken < samples.length) {
      const part = samples.subarray(taken, taken + this.length - this.filled);
      this.samples.set(part, this.filled);
      taken += part.length;
      yield* this.advance(part.length);
    }
  }

  *addSilence(count: number): Generator<Float32Array> {
    let left = count;
    while (left > 0) {
      const part = Math.min(left, this.length - this.filled);
      left -= part;
      yield* this.advance(part);
    }
  }

  *rest(): Generator<Float32Array> {
    if (this.filled > 0) {
      yield this.samples.subarray(0, this.filled);
    }
  }

  private *advance(count: number): Generator<Float32Array> {
    this.filled += count;
    if (this.filled < this.length) {
      return;
    }
    yield this.samples;
    this.samples = new Float32Array(this.length);
    this.filled = 0;
  }
}
