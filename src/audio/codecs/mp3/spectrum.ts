import type { BitReader } from '../../coding/bitReader';
import { DamagedPacket } from '../../coding/damaged';
import { bandsOf, longBounds, shortBounds } from './bands';
import { pairCodes, quadCodes, type PairCode } from './huffman';
import type { ScaleFactors } from './scaleFactors';
import type { GranuleInfo } from './sideInfo';

/** Spectral lines of a granule. */
export const lines = 576;

/** Values are coded as their power of 3/4; the largest is 15 and 13 more bits. */
const powers = Float32Array.from({ length: 15 + 2 ** 13 }, (_, value) => value ** (4 / 3));

/** ISO/IEC 11172-3, table B.6: how much the scale factors of long blocks are raised by the preflag. */
const raised = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 3, 2];

/**
 * Reads the spectrum of a granule in the order in which it is sent, not yet scaled.
 *
 * @param spectrum of 576 lines; those that are not sent become 0
 * @param end of the granule's data, in bits of `bits`
 * @returns behind the last line that may be other than 0
 * @throws DamagedPacket
 */
export function readSpectrum(
  bits: BitReader,
  info: GranuleInfo,
  rateIndex: number,
  end: number,
  spectrum: Float32Array,
): number {
  if (info.bigValues * 2 > lines) {
    throw new DamagedPacket('more values than lines');
  }
  spectrum.fill(0);
  const bounds = regionBounds(info, rateIndex);
  let line = 0;
  for (const [region, table] of info.tables.entries()) {
    const stop = Math.min(info.bigValues * 2, bounds[region] ?? lines);
    const code = pairCodes[table];
    if (code) {
      readPairs(bits, code, spectrum, line, stop);
    }
    line = Math.max(line, stop);
  }
  if (bits.position > end) {
    throw new DamagedPacket('the spectrum is longer than its place');
  }
  return readQuads(bits, info, spectrum, line, end);
}

/** Where regions of big values end, in lines. */
function regionBounds({ regionBands, blockType }: GranuleInfo, rateIndex: number): readonly number[] {
  const long = longBounds[rateIndex] ?? [];
  if (regionBands) {
    const [first, second] = regionBands;
    return [long[first] ?? lines, long[first + second] ?? lines, lines];
  }
  return [blockType === 2 ? 3 * (shortBounds[rateIndex]?.[3] ?? 0) : (long[8] ?? 0), lines];
}

function readPairs(
  bits: BitReader,
  { code, extraBits }: PairCode,
  spectrum: Float32Array,
  start: number,
  stop: number,
): void {
  for (let line = start; line < stop; line += 2) {
    const pair = code.read(bits);
    if (pair === 0) {
      continue;
    }
    spectrum[line] = readValue(bits, pair >>> 4, extraBits);
    spectrum[line + 1] = readValue(bits, pair & 15, extraBits);
  }
}

function readValue(bits: BitReader, value: number, extraBits: number): number {
  if (value === 0) {
    return 0;
  }
  const whole = value === 15 && extraBits > 0 ? value + bits.read(extraBits) : value;
  const power = powers[whole] ?? 0;
  return bits.readFlag() ? -power : power;
}

/** The upper part of the spectrum holds only 0, 1 and -1, and goes on until the data ends. */
function readQuads(
  bits: BitReader,
  { quadTable }: GranuleInfo,
  spectrum: Float32Array,
  start: number,
  end: number,
): number {
  const code = quadCodes[quadTable];
  let line = start;
  while (code && bits.position < end && line + 4 <= lines) {
    const flags = code.read(bits);
    for (let i = 0; i < 4; i++) {
      if (flags & (8 >> i)) {
        spectrum[line + i] = bits.readFlag() ? -1 : 1;
      }
    }
    if (bits.position > end) {
      // Padding was taken for a code.
      spectrum.fill(0, line, line + 4);
      return line;
    }
    line += 4;
  }
  return line;
}

/** Gives the lines of each band the loudness that its scale factor says. ISO/IEC 11172-3, section 2.4.3.4.7.1. */
export function scaleSpectrum(
  spectrum: Float32Array,
  info: GranuleInfo,
  rateIndex: number,
  { values }: ScaleFactors,
  preflag: boolean,
): void {
  const step = (1 + info.scaleFactorShift) / 2;
  for (const [i, band] of bandsOf(info, rateIndex).entries()) {
    const extra = preflag && band.window === undefined ? (raised[band.number] ?? 0) : 0;
    const subblock = band.window === undefined ? 0 : (info.subblockGains[band.window] ?? 0);
    const exponent = (info.globalGain - 210 - 8 * subblock) / 4 - step * ((values[i] ?? 0) + extra);
    const gain = 2 ** exponent;
    for (let line = band.start; line < band.end; line++) {
      spectrum[line] = (spectrum[line] ?? 0) * gain;
    }
  }
}

/** Puts the three short blocks, which are sent one after the other in each band, in the order of frequency. */
export function interleaveShortBlocks(spectrum: Float32Array, info: GranuleInfo, rateIndex: number): void {
  const sent = spectrum.slice();
  for (const band of bandsOf(info, rateIndex)) {
    if (band.window === undefined) {
      continue;
    }
    const width = band.end - band.start;
    const first = band.start - band.window * width;
    for (let i = 0; i < width; i++) {
      spectrum[first + 3 * i + band.window] = sent[band.start + i] ?? 0;
    }
  }
}
