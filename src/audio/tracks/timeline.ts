import type { Placement } from './placement';
import type { Piece } from './track';

/**
 * Lays pieces of sound in a row: gaps become silence; what lies before the row, or where there is sound already, is dropped.
 *
 * @param pick makes one signal of the channels
 * @param from the sample with which the row begins
 * @yields a second at a time, and at last the rest
 */
export async function* onTimeline(
  pieces: AsyncIterable<Piece>,
  placement: Placement,
  pick: (channels: readonly Float32Array[]) => Float32Array,
  from = 0,
): AsyncGenerator<Float32Array> {
  const row = new Row(placement.rate, from);
  for await (const { at, channels } of pieces) {
    const samples = pick(channels);
    const start = placement.place(at, samples.length);
    if (start !== undefined) {
      yield* row.lay(start, samples);
    }
  }
  yield* row.rest();
}

/** Collects samples until they make up a second. */
class Row {
  private samples: Float32Array;
  private filled = 0;

  /** @param end so far: where the next sample lies */
  constructor(
    private readonly secondLength: number,
    private end: number,
  ) {
    this.samples = new Float32Array(secondLength);
  }

  *lay(start: number, samples: Float32Array): Generator<Float32Array> {
    yield* this.addSilence(Math.max(0, start - this.end));
    yield* this.add(samples.subarray(Math.max(0, this.end - start)));
  }

  *rest(): Generator<Float32Array> {
    if (this.filled > 0) {
      yield this.samples.subarray(0, this.filled);
    }
  }

  private *add(samples: Float32Array): Generator<Float32Array> {
    let taken = 0;
    while (taken < samples.length) {
      const part = samples.subarray(taken, taken + this.secondLength - this.filled);
      this.samples.set(part, this.filled);
      taken += part.length;
      yield* this.advance(part.length);
    }
  }

  private *addSilence(count: number): Generator<Float32Array> {
    let left = count;
    while (left > 0) {
      const part = Math.min(left, this.secondLength - this.filled);
      left -= part;
      yield* this.advance(part);
    }
  }

  private *advance(count: number): Generator<Float32Array> {
    this.filled += count;
    this.end += count;
    if (this.filled < this.secondLength) {
      return;
    }
    yield this.samples;
    this.samples = new Float32Array(this.secondLength);
    this.filled = 0;
  }
}
