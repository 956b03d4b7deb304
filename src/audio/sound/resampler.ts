/** How many zero crossings of the sinc lie on either side: more of them make the filter steeper and slower. */
const zeroCrossings = 24;
/** Of the lower of the two Nyquist frequencies; the filter halves the amplitude there. */
const cutoff = 0.95;
/** Of the Kaiser window: 80 dB down outside the band. */
const kaiserBeta = 7.857;

/**
 * Changes the sampling rate of a stream by a windowed sinc, one set of coefficients for each position between two
 * samples that can occur (polyphase). The phase is linear, and sample n of the output lies exactly at n / `to`.
 */
export class Resampler {
  private readonly up: number;
  private readonly down: number;
  /** Taps on either side of the position of an output sample. */
  private readonly half: number;
  private readonly bandwidth: number;
  /** The coefficients of each position that has occurred. */
  private readonly rows: (Float32Array | undefined)[] = [];
  /** Input that is still needed. */
  private kept: Float32Array;
  /** Of the next output sample: the input sample at or before it, as an index in `kept`, and the rest in 1 / `up`. */
  private position: number;
  private phase = 0;
  private samplesIn = 0;
  private samplesOut = 0;

  /** @param from, to samples per second, whole numbers */
  constructor(from: number, to: number) {
    const divisor = greatestCommonDivisor(from, to);
    this.up = to / divisor;
    this.down = from / divisor;
    this.half = tapsOnEitherSide(from, to);
    this.bandwidth = bandwidthOf(from, to);
    this.kept = new Float32Array(this.half - 1);
    this.position = this.half - 1;
  }

  push(input: Float32Array): Float32Array {
    if (this.up === this.down) {
      return input;
    }
    this.samplesIn += input.length;
    return this.filter(input);
  }

  /** What was held back, since its neighbours were awaited; the output is then as long as the input. */
  finish(): Float32Array {
    if (this.up === this.down) {
      return new Float32Array(0);
    }
    const missing = Math.ceil((this.samplesIn * this.up) / this.down) - this.samplesOut;
    return this.filter(new Float32Array(this.half + 1)).subarray(0, missing);
  }

  private filter(input: Float32Array): Float32Array {
    const { half, up, down } = this;
    const width = 2 * half;
    const buffer = new Float32Array(this.kept.length + input.length);
    buffer.set(this.kept);
    buffer.set(input, this.kept.length);
    const ready = Math.max(0, Math.ceil(((buffer.length - half - this.position) * up - this.phase) / down));
    const output = new Float32Array(ready);
    for (let n = 0; n < ready; n++) {
      const from = this.position - half + 1;
      const row = this.row(this.phase);
      let sum = 0;
      for (let k = 0; k < width; k++) {
        sum += (buffer[from + k] ?? 0) * (row[k] ?? 0);
      }
      output[n] = sum;
      this.phase += down;
      const step = Math.floor(this.phase / up);
      this.position += step;
      this.phase -= step * up;
    }
    const done = Math.min(buffer.length, this.position - half + 1);
    this.kept = buffer.slice(done);
    this.position -= done;
    this.samplesOut += ready;
    return output;
  }

  /** Rates without a common divisor have thousands of positions, so each one is computed when it first occurs. */
  private row(phase: number): Float32Array {
    return (this.rows[phase] ??= windowedSinc(phase / this.up, this.half, this.bandwidth));
  }
}

/** A place that falls on a whole sample of both the input and the output. */
export interface CommonPlace {
  readonly input: number;
  readonly output: number;
}

/**
 * Finds where a resampler may begin in the middle, so that from a sample on its output is the same bit for bit as if it had
 * begun at the beginning.
 *
 * @param wanted that sample of the output
 * @param from, to as for `Resampler`
 * @returns a place far enough before it to fill the filter
 */
export function placeBefore(wanted: number, from: number, to: number): CommonPlace {
  const divisor = greatestCommonDivisor(from, to);
  const [up, down] = [to / divisor, from / divisor];
  const history = from === to ? 0 : Math.ceil((tapsOnEitherSide(from, to) * up) / down);
  const steps = Math.max(0, Math.floor((wanted - history) / up));
  return { input: steps * down, output: steps * up };
}

function bandwidthOf(from: number, to: number): number {
  return Math.min(1, to / from) * cutoff;
}

function tapsOnEitherSide(from: number, to: number): number {
  return Math.ceil(zeroCrossings / bandwidthOf(from, to));
}

/**
 * @param offset how far the position lies behind a sample: 0 or more, and less than 1
 * @returns the weights of the 2 * `half` samples around it
 */
function windowedSinc(offset: number, half: number, bandwidth: number): Float32Array {
  const row = new Float64Array(2 * half).map((_, k) => {
    const distance = k - half + 1 - offset;
    return sinc(distance * bandwidth) * kaiser(distance / half);
  });
  const sum = row.reduce((total, value) => total + value, 0);
  // So that a constant stays what it is, whatever the position.
  return Float32Array.from(row, (value) => value / sum);
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** @param x from -1 to 1. The window is not divided by its height, since the weights are made to add up to 1 */
function kaiser(x: number): number {
  return besselI0(kaiserBeta * Math.sqrt(Math.max(0, 1 - x * x)));
}

/** The modified Bessel function of order 0, by its power series. */
function besselI0(x: number): number {
  const quarter = (x * x) / 4;
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= quarter / (k * k);
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
