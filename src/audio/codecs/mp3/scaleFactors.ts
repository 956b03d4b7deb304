import type { BitReader } from '../../coding/bitReader';
import type { GranuleInfo } from './sideInfo';

/** Of one granule and channel, by the place of its band in `bandsOf`; the highest bands have none. */
export interface ScaleFactors {
  readonly values: Uint8Array;
  /** For each: the value that in intensity stereo means "no position". */
  readonly illegal: Uint8Array;
}

/** ISO/IEC 11172-3, section 2.4.2.7, scalefac_compress. */
const lengths1 = [0, 0, 0, 0, 3, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4];
const lengths2 = [0, 1, 2, 3, 0, 1, 2, 3, 1, 2, 3, 1, 2, 3, 2, 3];

/** Where groups of bands begin whose scale factors may be shared between granules. */
const groupStarts = [0, 6, 11, 16, 21];

/** Bands of a granule of short blocks: 13 for each of the three. */
const maxBands = 39;
/** No scale factor is as large. */
const noPosition = 255;

export function noScaleFactors(): ScaleFactors {
  return { values: new Uint8Array(maxBands), illegal: new Uint8Array(maxBands).fill(7) };
}

/** @param first the scale factors of the granule before, and which groups are taken from them */
export function readScaleFactors(
  bits: BitReader,
  info: GranuleInfo,
  first: ScaleFactors,
  shared: readonly boolean[],
): ScaleFactors {
  const result = noScaleFactors();
  const { values } = result;
  const length1 = lengths1[info.scaleFactorCompression] ?? 0;
  const length2 = lengths2[info.scaleFactorCompression] ?? 0;
  if (info.blockType === 2) {
    const lower = info.mixed ? 17 : 18;
    readRun(bits, values, 0, lower, length1);
    readRun(bits, values, lower, lower + 18, length2);
    return result;
  }
  for (let group = 0; group < 4; group++) {
    const start = groupStarts[group] ?? 0;
    const end = groupStarts[group + 1] ?? 0;
    if (shared[group]) {
      values.set(first.values.subarray(start, end), start);
    } else {
      readRun(bits, values, start, end, group < 2 ? length1 : length2);
    }
  }
  return result;
}

/** ISO/IEC 13818-3, section 2.4.3.2: bands in each of four groups, for long, short and mixed blocks. */
const lowRateGroups: readonly (readonly (readonly number[])[])[] = [
  [
    [6, 5, 5, 5],
    [9, 9, 9, 9],
    [6, 9, 9, 9],
  ],
  [
    [6, 5, 7, 3],
    [9, 9, 12, 6],
    [6, 9, 12, 6],
  ],
  [
    [11, 10, 0, 0],
    [18, 18, 0, 0],
    [15, 18, 0, 0],
  ],
  [
    [7, 7, 7, 0],
    [12, 12, 12, 0],
    [6, 15, 12, 0],
  ],
  [
    [6, 6, 6, 3],
    [12, 9, 9, 6],
    [6, 12, 9, 6],
  ],
  [
    [8, 8, 5, 0],
    [15, 12, 9, 0],
    [6, 18, 9, 0],
  ],
];

/** How many bits the scale factors of each group have, which row of the groups counts, and whether high bands are raised. */
export interface LowRatePlan {
  readonly lengths: readonly number[];
  readonly row: number;
  readonly preflag: boolean;
}

/** @param isIntensity whether this is the right channel of a frame in intensity stereo */
export function lowRatePlan(compression: number, isIntensity: boolean): LowRatePlan {
  if (isIntensity) {
    return intensityPlan(compression >> 1);
  }
  const c = compression;
  if (c < 400) {
    return {
      lengths: [Math.floor((c >> 4) / 5), (c >> 4) % 5, (c & 15) >> 2, c & 3],
      row: 0,
      preflag: false,
    };
  }
  if (c < 500) {
    const rest = c - 400;
    return {
      lengths: [Math.floor((rest >> 2) / 5), (rest >> 2) % 5, rest & 3, 0],
      row: 1,
      preflag: false,
    };
  }
  return { lengths: [Math.floor((c - 500) / 3), (c - 500) % 3, 0, 0], row: 2, preflag: true };
}

function intensityPlan(c: number): LowRatePlan {
  if (c < 180) {
    return { lengths: [Math.floor(c / 36), Math.floor((c % 36) / 6), c % 6, 0], row: 3, preflag: false };
  }
  if (c < 244) {
    const rest = c - 180;
    return { lengths: [(rest & 63) >> 4, (rest & 15) >> 2, rest & 3, 0], row: 4, preflag: false };
  }
  return { lengths: [Math.floor((c - 244) / 3), (c - 244) % 3, 0, 0], row: 5, preflag: false };
}

export function readLowRateScaleFactors(bits: BitReader, info: GranuleInfo, plan: LowRatePlan): ScaleFactors {
  const result = noScaleFactors();
  const kind = info.blockType !== 2 ? 0 : info.mixed ? 2 : 1;
  let at = 0;
  for (const [group, count] of (lowRateGroups[plan.row]?.[kind] ?? []).entries()) {
    const length = plan.lengths[group] ?? 0;
    readRun(bits, result.values, at, at + count, length);
    result.illegal.fill(length === 0 ? noPosition : 2 ** length - 1, at, at + count);
    at += count;
  }
  return result;
}

function readRun(bits: BitReader, values: Uint8Array, start: number, end: number, length: number): void {
  for (let i = start; i < end; i++) {
    values[i] = length === 0 ? 0 : bits.read(length);
  }
}
