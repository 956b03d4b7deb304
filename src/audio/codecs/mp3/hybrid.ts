import { lines } from './spectrum';
import type { GranuleInfo } from './sideInfo';

/** Lines of one subband, and the time steps of a granule. */
const width = 18;
export const subbands = 32;

/** ISO/IEC 11172-3, table B.9. */
const aliasing = [-0.6, -0.535, -0.33, -0.185, -0.095, -0.041, -0.0142, -0.0037].map((c) => ({
  keep: 1 / Math.hypot(1, c),
  cross: c / Math.hypot(1, c),
}));

/** Takes back what neighbouring subbands of long blocks leaked into each other. Section 2.4.3.4.10.1. */
export function reduceAliasing(spectrum: Float32Array, { blockType, mixed }: GranuleInfo): void {
  if (blockType === 2 && !mixed) {
    return;
  }
  const end = mixed ? 2 * width : lines;
  for (let edge = width; edge < end; edge += width) {
    for (const [i, { keep, cross }] of aliasing.entries()) {
      const below = spectrum[edge - 1 - i] ?? 0;
      const above = spectrum[edge + i] ?? 0;
      spectrum[edge - 1 - i] = below * keep - above * cross;
      spectrum[edge + i] = above * keep + below * cross;
    }
  }
}

/** Section 2.4.3.4.10.3, by the type of block; the three short windows lie one behind the other. */
const windows: readonly Float32Array[] = [
  Float32Array.from({ length: 36 }, (_, i) => sine(i, 36)),
  Float32Array.from({ length: 36 }, (_, i) =>
    i < 18 ? sine(i, 36) : i < 24 ? 1 : i < 30 ? sine(i - 18, 12) : 0,
  ),
  Float32Array.from({ length: 12 }, (_, i) => sine(i, 12)),
  Float32Array.from({ length: 36 }, (_, i) =>
    i < 6 ? 0 : i < 12 ? sine(i - 6, 12) : i < 18 ? 1 : sine(i, 36),
  ),
];

function sine(i: number, length: number): number {
  return Math.sin((Math.PI / length) * (i + 0.5));
}

/** The inverse transform as a matrix: row by row what each output takes from the inputs. Section 2.4.3.4.10.2. */
function inverseTransform(outputs: number): Float32Array {
  const inputs = outputs / 2;
  return Float32Array.from({ length: outputs * inputs }, (_, at) => {
    const i = Math.floor(at / inputs);
    const k = at % inputs;
    return Math.cos((Math.PI / (2 * outputs)) * (2 * i + 1 + inputs) * (2 * k + 1));
  });
}

const longTransform = inverseTransform(36);
const shortTransform = inverseTransform(12);

/** Turns the spectrum of each subband into the course of that subband over time. One for each channel. */
export class Hybrid {
  /** What the granule before adds to the next. */
  private readonly overlap = new Float32Array(lines);
  private readonly block = new Float32Array(36);

  /**
   * @param usedLines behind the last line that is other than 0
   * @param output 18 time steps of 32 subbands each
   */
  transform(spectrum: Float32Array, info: GranuleInfo, usedLines: number, output: Float32Array): void {
    for (let subband = 0; subband < subbands; subband++) {
      const start = subband * width;
      const blockType = info.mixed && subband < 2 ? 0 : info.blockType;
      if (start >= usedLines) {
        this.block.fill(0);
      } else if (blockType === 2) {
        this.transformShort(spectrum, start);
      } else {
        this.transformLong(spectrum, start, windows[blockType] ?? this.block);
      }
      this.addOverlap(subband, output);
    }
  }

  private transformLong(spectrum: Float32Array, start: number, window: Float32Array): void {
    const { block } = this;
    // The first half of the output is odd and the second even around its middle, so half of each is computed.
    for (let i = 0; i < 9; i++) {
      const first = product(longTransform, i * 18, spectrum, start, 1, 18);
      const second = product(longTransform, (18 + i) * 18, spectrum, start, 1, 18);
      block[i] = first * (window[i] ?? 0);
      block[17 - i] = -first * (window[17 - i] ?? 0);
      block[18 + i] = second * (window[18 + i] ?? 0);
      block[35 - i] = second * (window[35 - i] ?? 0);
    }
  }

  private transformShort(spectrum: Float32Array, start: number): void {
    const { block } = this;
    const window = windows[2] ?? block;
    block.fill(0);
    for (let part = 0; part < 3; part++) {
      for (let i = 0; i < 12; i++) {
        const value = product(shortTransform, i * 6, spectrum, start + part, 3, 6) * (window[i] ?? 0);
        const at = 6 + 6 * part + i;
        block[at] = (block[at] ?? 0) + value;
      }
    }
  }

  private addOverlap(subband: number, output: Float32Array): void {
    const { block, overlap } = this;
    for (let step = 0; step < width; step++) {
      const at = subband * width + step;
      const value = (block[step] ?? 0) + (overlap[at] ?? 0);
      overlap[at] = block[width + step] ?? 0;
      // Every other subband lies upside down in frequency; turning every other sample round puts it right.
      output[step * subbands + subband] = subband & step & 1 ? -value : value;
    }
  }
}

function product(
  matrix: Float32Array,
  row: number,
  values: Float32Array,
  start: number,
  stride: number,
  count: number,
): number {
  let sum = 0;
  for (let k = 0; k < count; k++) {
    sum += (matrix[row + k] ?? 0) * (values[start + k * stride] ?? 0);
  }
  return sum;
}
