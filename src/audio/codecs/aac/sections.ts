import { AacError } from './aacError';
import type { FrameReader } from './frameReader';
import { scaleFactorBook } from './codebooks';
import { HuffmanDecoder } from './huffman';
import { bandCount, type IcsInfo } from './icsInfo';

/** Numbers of codebooks that stand for something else than spectral values: ISO/IEC 14496-3, 4.6.3. */
const zeroBook = 0;
const reservedBook = 12;
export const noiseBook = 13;
const intensityBookOutOfPhase = 14;
export const intensityBook = 15;

/** @returns whether the band's coefficients are in the bitstream, rather than silent or made by a tool */
export function isSpectral(book: number): boolean {
  return book > zeroBook && book < reservedBook;
}

/** @returns whether the band's coefficients are made of the left channel's */
export function isIntensity(book: number): boolean {
  return book === intensityBook || book === intensityBookOutOfPhase;
}

/**
 * Reads section_data (ISO/IEC 14496-3, table 4.52).
 *
 * @returns the number of the codebook of each band
 * @throws AacError when it is damaged
 */
export function readBooks(bits: FrameReader, info: IcsInfo): Uint8Array {
  const books = new Uint8Array(bandCount(info));
  const lengthBits = info.windowSequence === 'short' ? 3 : 5;
  const escape = (1 << lengthBits) - 1;
  for (let group = 0; group < books.length; group += info.maxBand) {
    let band = 0;
    while (band < info.maxBand) {
      const book = bits.read(4);
      const start = band;
      let length: number;
      do {
        length = bits.read(lengthBits);
        band += length;
      } while (length === escape);
      if (book === reservedBook || band > info.maxBand) {
        throw new AacError('damaged', 'The AAC frame has a section that cannot be.');
      }
      books.fill(book, group + start, group + band);
    }
  }
  return books;
}

const scaleFactorDecoder = new HuffmanDecoder(scaleFactorBook);

/**
 * Reads scale_factor_data (ISO/IEC 14496-3, table 4.53). What it means depends on the band's codebook: the gain of
 * its values, the energy of its noise, or how loud it is beside the left channel.
 *
 * @returns the factor of each band, for coefficients in the range of 16-bit samples
 * @throws AacError when it is damaged
 */
export function readScales(bits: FrameReader, books: Uint8Array, globalGain: number): Float32Array {
  const gain = new GainScale(globalGain);
  const noise = new NoiseScale(globalGain);
  const intensity = new IntensityScale();
  return Float32Array.from(books, (book) => {
    if (book === zeroBook) {
      return 0;
    }
    if (book === noiseBook) {
      return noise.read(bits);
    }
    return isIntensity(book) ? intensity.read(bits) : gain.read(bits);
  });
}

function readDifference(bits: FrameReader): number {
  return scaleFactorDecoder.read(bits) - 60;
}

/** Scale factors proper: 4.6.2. */
class GainScale {
  constructor(private scaleFactor: number) {}

  read(bits: FrameReader): number {
    this.scaleFactor += readDifference(bits);
    if (this.scaleFactor < 0 || this.scaleFactor > 255) {
      throw new AacError('damaged', 'The AAC frame has a scale factor that cannot be.');
    }
    return 2 ** ((this.scaleFactor - 100) / 4);
  }
}

/** Energies of noise: 4.6.13. The first one is not Huffman coded. */
class NoiseScale {
  private isFirst = true;
  private energy: number;

  constructor(globalGain: number) {
    this.energy = globalGain - 90;
  }

  read(bits: FrameReader): number {
    this.energy += this.isFirst ? bits.read(9) - 256 : readDifference(bits);
    this.isFirst = false;
    return 2 ** (clamp(this.energy, -100, 155) / 4);
  }
}

/** Positions of intensity stereo: 4.6.8.2. */
class IntensityScale {
  private position = 0;

  read(bits: FrameReader): number {
    this.position += readDifference(bits);
    return 0.5 ** (clamp(this.position, -155, 100) / 4);
  }
}

/** What lies beyond is no sound; it only must not become infinite. */
function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
