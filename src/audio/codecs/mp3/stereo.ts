import { bandsOf, type Band } from './bands';
import type { FrameHeader } from './frameHeader';
import type { ScaleFactors } from './scaleFactors';
import type { GranuleInfo } from './sideInfo';

/** Turns what is sent in joint stereo into left and right. ISO/IEC 11172-3, section 2.4.3.4.9; 13818-3, 2.4.3.2. */
export function undoJointStereo(
  header: FrameHeader,
  right: GranuleInfo,
  { values, illegal }: ScaleFactors,
  spectra: readonly [Float32Array, Float32Array],
): void {
  const bands = bandsOf(right, header.rateIndex);
  const silentFrom = header.intensity ? silence(bands, spectra[1]) : bands.map(() => false);
  for (const [i, band] of bands.entries()) {
    // The highest bands have no scale factor and follow the one below, in short blocks that of the same window.
    const source = hasScaleFactor(band) ? i : i - (band.window === undefined ? 1 : 3);
    const position = values[source] ?? 0;
    if (silentFrom[i] && position !== illegal[source]) {
      const [left, rightGain] = header.lowRate
        ? lowRateGains(position, right.scaleFactorCompression & 1)
        : gains(position);
      spread(spectra, band, left, rightGain);
    } else if (header.midSide) {
      rotate(spectra, band);
    }
  }
}

function hasScaleFactor({ window, number }: Band): boolean {
  return window === undefined ? number < 21 : number < 12;
}

/** For each band whether it and all above it are silent, in short blocks for each window alone. */
function silence(bands: readonly Band[], spectrum: Float32Array): boolean[] {
  const loudAbove = new Set<Band['window']>();
  return bands
    .toReversed()
    .map((band) => {
      if (spectrum.subarray(band.start, band.end).some((value) => value !== 0)) {
        loudAbove.add(band.window);
      }
      return band.window === undefined ? loudAbove.size === 0 : !loudAbove.has(band.window);
    })
    .toReversed();
}

function gains(position: number): [number, number] {
  if (position === 6) {
    return [1, 0];
  }
  const ratio = Math.tan((position * Math.PI) / 12);
  return [ratio / (1 + ratio), 1 / (1 + ratio)];
}

function lowRateGains(position: number, scale: number): [number, number] {
  const base = scale === 0 ? 2 ** -0.25 : 2 ** -0.5;
  if (position === 0) {
    return [1, 1];
  }
  return position % 2 === 1 ? [base ** ((position + 1) / 2), 1] : [1, base ** (position / 2)];
}

type Spectra = readonly [Float32Array, Float32Array];

function spread([left, right]: Spectra, { start, end }: Band, leftGain: number, rightGain: number): void {
  for (let line = start; line < end; line++) {
    const value = left[line] ?? 0;
    left[line] = value * leftGain;
    right[line] = value * rightGain;
  }
}

function rotate([left, right]: Spectra, { start, end }: Band): void {
  for (let line = start; line < end; line++) {
    const mid = left[line] ?? 0;
    const side = right[line] ?? 0;
    left[line] = (mid + side) * Math.SQRT1_2;
    right[line] = (mid - side) * Math.SQRT1_2;
  }
}
