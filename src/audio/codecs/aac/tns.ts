import { AacError } from './aacError';
import type { FrameReader } from './frameReader';
import type { IcsInfo } from './icsInfo';

/** A filter along the coefficients of a window, which shapes the noise within it in time. */
export interface TnsFilter {
  /** The coefficients it works on. */
  readonly start: number;
  readonly end: number;
  readonly isDownward: boolean;
  /** Of the all-pole filter, from the nearest value on. */
  readonly prediction: Float64Array;
}

/**
 * Reads tns_data (ISO/IEC 14496-3, table 4.54).
 *
 * @throws AacError when a filter is longer than AAC-LC allows
 */
export function readTns(bits: FrameReader, info: IcsInfo): readonly TnsFilter[] {
  const filters: TnsFilter[] = [];
  const windows = info.windowSequence === 'short' ? 8 : 1;
  for (let window = 0; window < windows; window++) {
    filters.push(...readWindowFilters(bits, info, window * info.windowLength));
  }
  return filters;
}

/** @returns the filters of one window, from the highest frequencies downward */
function readWindowFilters(bits: FrameReader, info: IcsInfo, windowStart: number): TnsFilter[] {
  const isShort = info.windowSequence === 'short';
  const { offsets, tnsLimit } = info.bands;
  const limit = Math.min(tnsLimit, info.maxBand);
  const at = (band: number): number => windowStart + (offsets[Math.min(band, limit)] ?? 0);
  const filters: TnsFilter[] = [];
  const count = bits.read(isShort ? 1 : 2);
  const resolution = count > 0 ? bits.read(1) + 3 : 0;
  let top = offsets.length - 1;
  for (let i = 0; i < count; i++) {
    const bottom = Math.max(0, top - bits.read(isShort ? 4 : 6));
    const order = bits.read(isShort ? 3 : 5);
    if (order > (isShort ? 7 : 12)) {
      throw new AacError('damaged', 'The AAC frame has a TNS filter that is too long.');
    }
    if (order > 0) {
      const isDownward = bits.readFlag();
      const prediction = toPrediction(readReflections(bits, order, resolution));
      filters.push({ start: at(bottom), end: at(top), isDownward, prediction });
    }
    top = bottom;
  }
  return filters;
}

/** The reflection coefficients of the filter, which are quantised as arcs: 4.6.9.3. */
function readReflections(bits: FrameReader, order: number, resolution: number): Float64Array {
  const isCompressed = bits.readFlag();
  const half = 2 ** (resolution - 1);
  return new Float64Array(order).map(() => {
    const value = bits.readSigned(isCompressed ? resolution - 1 : resolution);
    return Math.sin((value / (value >= 0 ? half - 0.5 : half + 0.5)) * (Math.PI / 2));
  });
}

/** Levinson's recursion: from reflection coefficients to those of a direct-form filter. */
function toPrediction(reflections: Float64Array): Float64Array {
  const prediction = new Float64Array(reflections.length);
  reflections.forEach((reflection, order) => {
    const shorter = prediction.slice(0, order);
    shorter.forEach((value, i) => {
      prediction[i] = value + reflection * (shorter[order - 1 - i] ?? 0);
    });
    prediction[order] = reflection;
  });
  return prediction;
}

/** Undoes what the encoder's filter did to the spectrum: 4.6.9. */
export function applyTns({ start, end, isDownward, prediction }: TnsFilter, spectrum: Float32Array): void {
  const step = isDownward ? -1 : 1;
  const first = isDownward ? end - 1 : start;
  for (let n = 0; n < end - start; n++) {
    const at = first + n * step;
    const known = Math.min(n, prediction.length);
    let value = spectrum[at] ?? 0;
    for (let i = 0; i < known; i++) {
      value -= (prediction[i] ?? 0) * (spectrum[at - (i + 1) * step] ?? 0);
    }
    spectrum[at] = value;
  }
}
