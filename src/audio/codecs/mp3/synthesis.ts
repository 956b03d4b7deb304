import { subbands } from './hybrid';

/** The window of the standard in steps of 2^-16, up to its middle. ISO/IEC 11172-3, table B.3 (D[i]). */
const halfWindow = [
  0, -1, -1, -1, -1, -1, -1, -2, -2, -2, -2, -3, -3, -4, -4, -5, -5, -6, -7, -7, -8, -9, -10, -11, -13, -14,
  -16, -17, -19, -21, -24, -26, -29, -31, -35, -38, -41, -45, -49, -53, -58, -63, -68, -73, -79, -85, -91,
  -97, -104, -111, -117, -125, -132, -139, -147, -154, -161, -169, -176, -183, -190, -196, -202, -208, 213,
  218, 222, 225, 227, 228, 228, 227, 224, 221, 215, 208, 200, 189, 177, 163, 146, 127, 106, 83, 57, 29, -2,
  -36, -72, -111, -153, -197, -244, -294, -347, -401, -459, -519, -581, -645, -711, -779, -848, -919, -991,
  -1064, -1137, -1210, -1283, -1356, -1428, -1498, -1567, -1634, -1698, -1759, -1817, -1870, -1919, -1962,
  -2001, -2032, -2057, -2075, -2085, -2087, -2080, -2063, 2037, 2000, 1952, 1893, 1822, 1739, 1644, 1535,
  1414, 1280, 1131, 970, 794, 605, 402, 185, -45, -288, -545, -814, -1095, -1388, -1692, -2006, -2330, -2663,
  -3004, -3351, -3705, -4063, -4425, -4788, -5153, -5517, -5879, -6237, -6589, -6935, -7271, -7597, -7910,
  -8209, -8491, -8755, -8998, -9219, -9416, -9585, -9727, -9838, -9916, -9959, -9966, -9935, -9863, -9750,
  -9592, -9389, -9139, -8840, -8492, -8092, -7640, -7134, 6574, 5959, 5288, 4561, 3776, 2935, 2037, 1082, 70,
  -998, -2122, -3300, -4533, -5818, -7154, -8540, -9975, -11455, -12980, -14548, -16155, -17799, -19478,
  -21189, -22929, -24694, -26482, -28289, -30112, -31947, -33791, -35640, -37489, -39336, -41176, -43006,
  -44821, -46617, -48390, -50137, -51853, -53534, -55178, -56778, -58333, -59838, -61289, -62684, -64019,
  -65290, -66494, -67629, -68692, -69679, -70590, -71420, -72169, -72835, -73415, -73908, -74313, -74630,
  -74856, -74992, 75038,
];

/** The other half is its mirror image, with the sign changed except at every 64th place. */
const synthesisWindow = Float32Array.from({ length: 512 }, (_, i) => {
  const value = i <= 256 ? (halfWindow[i] ?? 0) : (halfWindow[512 - i] ?? 0) * (i % 64 === 0 ? 1 : -1);
  return value / 65_536;
});

const historySteps = 16;

/** Puts the 32 subbands together. Section 2.4.3.2.2 and figure A.2. One for each channel. */
export class Synthesis {
  /** The last 16 vectors of 64 values, the newest at `newest`, older ones behind it. */
  private readonly history = new Float32Array(historySteps * 64);
  private newest = 0;
  private readonly frequencies = new Float32Array(subbands);

  /**
   * @param input 18 time steps of 32 subbands
   * @param output takes 18 * 32 samples from `start`
   */
  run(input: Float32Array, output: Float32Array, start: number): void {
    for (let step = 0; step < input.length / subbands; step++) {
      this.frequencies.set(input.subarray(step * subbands, (step + 1) * subbands));
      this.newest = (this.newest + historySteps - 1) % historySteps;
      this.remember();
      this.window(output, start + step * subbands);
    }
  }

  /** The matrixing: 64 cosine sums of which only 32 differ, and those are a cosine transform. */
  private remember(): void {
    const { history, frequencies } = this;
    cosineTransform(frequencies);
    const base = this.newest * 64;
    for (let i = 0; i < 16; i++) {
      const high = frequencies[16 + i] ?? 0;
      const low = frequencies[i] ?? 0;
      history[base + i] = high;
      history[base + 32 - i] = -high;
      history[base + 48 - i] = -low;
      history[base + 48 + i] = -low;
    }
    history[base + 16] = 0;
  }

  private window(output: Float32Array, start: number): void {
    const { history, newest } = this;
    for (let j = 0; j < subbands; j++) {
      let sum = 0;
      for (let i = 0; i < historySteps; i += 2) {
        const even = ((newest + i) % historySteps) * 64 + j;
        const odd = ((newest + i + 1) % historySteps) * 64 + 32 + j;
        sum += (history[even] ?? 0) * (synthesisWindow[32 * i + j] ?? 0);
        sum += (history[odd] ?? 0) * (synthesisWindow[32 * i + 32 + j] ?? 0);
      }
      output[start + j] = sum;
    }
  }
}

/** 1 / (2 cos ((2 i + 1) pi / (4 half))), by the half of each length that the recursion meets. */
const factors = new Map(
  [16, 8, 4, 2, 1].map((half) => [
    half,
    Float32Array.from({ length: half }, (_, i) => 0.5 / Math.cos(((2 * i + 1) * Math.PI) / (4 * half))),
  ]),
);

const scratch = new Float32Array(subbands);

/** The sums of x[k] cos (m (2 k + 1) pi / 64), in place, by halving: B. G. Lee's fast cosine transform, 1984. */
function cosineTransform(values: Float32Array): void {
  transformPart(values, 0, scratch, subbands);
}

function transformPart(values: Float32Array, start: number, spare: Float32Array, length: number): void {
  if (length === 1) {
    return;
  }
  const half = length / 2;
  fold(values, spare, start, half);
  transformPart(spare, start, values, half);
  transformPart(spare, start + half, values, half);
  weave(values, spare, start, half);
}

/** The even sums are the transform of what is symmetric, the odd ones come from what is not. */
function fold(values: Float32Array, spare: Float32Array, start: number, half: number): void {
  const factor = factors.get(half) ?? spare;
  const end = start + 2 * half - 1;
  for (let i = 0; i < half; i++) {
    const a = values[start + i] ?? 0;
    const b = values[end - i] ?? 0;
    spare[start + i] = a + b;
    spare[start + half + i] = (a - b) * (factor[i] ?? 0);
  }
}

function weave(values: Float32Array, spare: Float32Array, start: number, half: number): void {
  for (let i = 0; i < half; i++) {
    const odd = spare[start + half + i] ?? 0;
    const next = i + 1 < half ? (spare[start + half + i + 1] ?? 0) : 0;
    values[start + 2 * i] = spare[start + i] ?? 0;
    values[start + 2 * i + 1] = odd + next;
  }
}
