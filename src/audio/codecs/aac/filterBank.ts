import { Imdct } from '../../coding/imdct';
import type { WindowSequence, WindowShape } from './icsInfo';
import { lateRise, risingHalf } from './windowShapes';

/** Rising halves of windows; read backwards, they are the falling ones. */
interface Slopes {
  /** Of a long window beside a long one. */
  readonly long: Float64Array;
  /** Of a long window beside short ones. */
  readonly late: Float64Array;
  /** Of a short window. */
  readonly short: Float64Array;
}

const shortWindows = 8;

/** What the channels of a track share to turn coefficients into samples. */
export class FilterBank {
  readonly size: number;
  private readonly longImdct: Imdct;
  private readonly shortImdct: Imdct;
  private readonly slopes: Readonly<Record<WindowShape, Slopes>>;
  private readonly longSamples: Float64Array;
  private readonly shortSamples: Float64Array;

  /** @param size samples per frame */
  constructor(size: number) {
    const shortSize = size / shortWindows;
    this.size = size;
    this.longImdct = new Imdct(size);
    this.shortImdct = new Imdct(shortSize);
    this.slopes = { sine: slopesOf('sine', size), kbd: slopesOf('kbd', size) };
    this.longSamples = new Float64Array(2 * size);
    this.shortSamples = new Float64Array(2 * shortSize);
  }

  /**
   * @param previousShape of the frame before, which is how this one begins
   * @returns windowed samples of two frames, to be laid over those before and behind; valid until the next call
   */
  transform(
    spectrum: Float32Array,
    sequence: WindowSequence,
    shape: WindowShape,
    previousShape: WindowShape,
  ): Float64Array {
    const before = this.slopes[previousShape];
    const behind = this.slopes[shape];
    if (sequence === 'short') {
      this.transformShort(spectrum, before.short, behind.short);
    } else {
      this.longImdct.transform(spectrum, 0, this.longSamples);
      const rise = sequence === 'stop' ? before.late : before.long;
      const fall = sequence === 'start' ? behind.late : behind.long;
      applyWindow(this.longSamples, rise, fall);
    }
    return this.longSamples;
  }

  /** The short windows overlap each other in the middle of the two frames. */
  private transformShort(spectrum: Float32Array, firstRise: Float64Array, slope: Float64Array): void {
    const { longSamples, shortSamples } = this;
    const shortSize = slope.length;
    longSamples.fill(0);
    for (let window = 0; window < shortWindows; window++) {
      this.shortImdct.transform(spectrum, window * shortSize, shortSamples);
      applyWindow(shortSamples, window === 0 ? firstRise : slope, slope);
      const start = (this.size - shortSize) / 2 + window * shortSize;
      for (let n = 0; n < 2 * shortSize; n++) {
        longSamples[start + n] = (longSamples[start + n] ?? 0) + (shortSamples[n] ?? 0);
      }
    }
  }
}

function slopesOf(shape: WindowShape, size: number): Slopes {
  const short = risingHalf(shape, size / shortWindows);
  return { long: risingHalf(shape, size), late: lateRise(short, size), short };
}

function applyWindow(samples: Float64Array, rise: Float64Array, fall: Float64Array): void {
  const last = samples.length - 1;
  for (let n = 0; n < rise.length; n++) {
    samples[n] = (samples[n] ?? 0) * (rise[n] ?? 0);
    samples[last - n] = (samples[last - n] ?? 0) * (fall[n] ?? 0);
  }
}
