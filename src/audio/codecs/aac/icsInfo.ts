import { AacError } from './aacError';
import type { Bands, FrameBands } from './bands';
import type { FrameReader } from './frameReader';

/** By window_sequence; «short» stands for eight short windows, «start» and «stop» lead to them and back. */
const windowSequences = ['long', 'start', 'short', 'stop'] as const;
export type WindowSequence = (typeof windowSequences)[number];

/** By window_shape: the sine window, and the Kaiser-Bessel derived one. */
const windowShapes = ['sine', 'kbd'] as const;
export type WindowShape = (typeof windowShapes)[number];

/** How a channel's frame is divided into windows and bands. */
export interface IcsInfo {
  readonly windowSequence: WindowSequence;
  readonly windowShape: WindowShape;
  /** Coefficients of one window. */
  readonly windowLength: number;
  readonly bands: Bands;
  /** Bands from here on are silent. */
  readonly maxBand: number;
  /** How many neighbouring windows share their scale factors, group by group. */
  readonly groups: readonly number[];
}

/**
 * Reads ics_info (ISO/IEC 14496-3, table 4.6).
 *
 * @throws AacError when it is damaged or asks for prediction
 */
export function readIcsInfo(bits: FrameReader, frameBands: FrameBands): IcsInfo {
  bits.skip(1); // ics_reserved_bit
  const windowSequence = windowSequences[bits.read(2)] ?? 'long';
  const windowShape = windowShapes[bits.read(1)] ?? 'sine';
  const isShort = windowSequence === 'short';
  const bands = isShort ? frameBands.short : frameBands.long;
  const maxBand = bits.read(isShort ? 4 : 6);
  const groups = isShort ? readGroups(bits) : [1];
  if (!isShort && bits.readFlag()) {
    throw new AacError('unsupported', 'AAC with prediction (Main, LTP) cannot be decoded, only AAC-LC can.');
  }
  if (maxBand >= bands.offsets.length) {
    throw new AacError('damaged', 'The AAC frame has more bands than there are.');
  }
  return { windowSequence, windowShape, windowLength: bands.offsets.at(-1) ?? 0, bands, maxBand, groups };
}

/** scale_factor_grouping: seven bits, each of which says whether a window joins the one before. */
function readGroups(bits: FrameReader): number[] {
  const groups = [1];
  for (let window = 1; window < 8; window++) {
    const last = groups.length - 1;
    if (bits.readFlag()) {
      groups[last] = (groups[last] ?? 0) + 1;
    } else {
      groups.push(1);
    }
  }
  return groups;
}

/** How many bands have a codebook and a scale factor of their own: those of all groups. */
export function bandCount({ groups, maxBand }: IcsInfo): number {
  return groups.length * maxBand;
}

/**
 * Visits what belongs together in the spectrum, in the order of the bitstream: the bands of each group of windows, and
 * for each band its coefficients in each of those windows.
 *
 * @param visit the number of the band among those of all groups, and where in the spectrum a span of it begins and ends
 */
export function forEachSpan(info: IcsInfo, visit: (band: number, start: number, end: number) => void): void {
  const { offsets } = info.bands;
  let band = 0;
  let groupStart = 0;
  for (const windows of info.groups) {
    const groupEnd = groupStart + windows * info.windowLength;
    for (let i = 0; i < info.maxBand; i++, band++) {
      for (let window = groupStart; window < groupEnd; window += info.windowLength) {
        visit(band, window + (offsets[i] ?? 0), window + (offsets[i + 1] ?? 0));
      }
    }
    groupStart = groupEnd;
  }
}
