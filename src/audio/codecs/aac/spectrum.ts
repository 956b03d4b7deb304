import { AacError } from './aacError';
import type { FrameReader } from './frameReader';
import { spectralBooks } from './codebooks';
import { HuffmanDecoder } from './huffman';
import { forEachSpan, type IcsInfo } from './icsInfo';
import { isSpectral } from './sections';

/** A codebook, made ready for reading. */
interface SpectralBook {
  readonly symbols: HuffmanDecoder;
  readonly dimension: number;
  /** The values, symbol by symbol. */
  readonly values: Int8Array;
  /** Whether the values are without sign, which then follows for each that is not zero. */
  readonly hasSigns: boolean;
  /** Whether the largest value says that the real one follows. */
  readonly hasEscapes: boolean;
}

const escapeValue = 16;
const books = spectralBooks.map((codebook): SpectralBook => {
  const { dimension, least, largest } = codebook;
  const steps = largest - least + 1;
  const values = Int8Array.from({ length: codebook.symbols.length * dimension }, (_, at) => {
    const symbol = Math.floor(at / dimension);
    const place = dimension - 1 - (at % dimension);
    return (Math.floor(symbol / steps ** place) % steps) + least;
  });
  const symbols = new HuffmanDecoder(codebook);
  return { symbols, dimension, values, hasSigns: least === 0, hasEscapes: largest === escapeValue };
});

/**
 * Reads spectral_data (ISO/IEC 14496-3, table 4.56).
 *
 * @returns the quantised coefficients, window by window
 * @throws AacError when it is damaged
 */
export function readQuantised(bits: FrameReader, info: IcsInfo, bandBooks: Uint8Array): Int32Array {
  const windows = info.windowSequence === 'short' ? 8 : 1;
  const quantised = new Int32Array(windows * info.windowLength);
  forEachSpan(info, (band, start, end) => {
    const number = bandBooks[band] ?? 0;
    const book = books[number - 1];
    if (book !== undefined && isSpectral(number)) {
      readSpan(bits, book, quantised, start, end);
    }
  });
  return quantised;
}

function readSpan(
  bits: FrameReader,
  book: SpectralBook,
  quantised: Int32Array,
  start: number,
  end: number,
): void {
  const { symbols, dimension, values, hasSigns, hasEscapes } = book;
  for (let at = start; at < end; at += dimension) {
    const tuple = symbols.read(bits) * dimension;
    for (let i = 0; i < dimension; i++) {
      const value = values[tuple + i] ?? 0;
      quantised[at + i] = hasSigns && value !== 0 && bits.readFlag() ? -value : value;
    }
    if (hasEscapes) {
      quantised[at] = readEscape(bits, quantised[at] ?? 0);
      quantised[at + 1] = readEscape(bits, quantised[at + 1] ?? 0);
    }
  }
}

/** hcod_esc: as many ones as the value has bits beyond four, a zero, and the value behind its first bit. */
function readEscape(bits: FrameReader, value: number): number {
  if (Math.abs(value) !== escapeValue) {
    return value;
  }
  let length = 4;
  while (bits.readFlag()) {
    length++;
  }
  if (length > 12) {
    throw new AacError('damaged', 'The AAC frame has a coefficient that cannot be.');
  }
  return Math.sign(value) * ((1 << length) + bits.read(length));
}

/** |value| ^ (4/3), up to the largest value with four pulses on top. */
const powers = Float32Array.from({ length: 8192 + 4 * 15 }, (_, value) => value ** (4 / 3));

/** @returns the coefficients in the range of 16-bit samples: ISO/IEC 14496-3, 4.6.1 and 4.6.2 */
export function dequantise(
  info: IcsInfo,
  quantised: Int32Array,
  bandBooks: Uint8Array,
  scales: Float32Array,
): Float32Array {
  const spectrum = new Float32Array(quantised.length);
  forEachSpan(info, (band, start, end) => {
    if (!isSpectral(bandBooks[band] ?? 0)) {
      return;
    }
    const scale = scales[band] ?? 0;
    for (let k = start; k < end; k++) {
      const value = quantised[k] ?? 0;
      const power = powers[Math.abs(value)] ?? 0;
      spectrum[k] = value < 0 ? -power * scale : power * scale;
    }
  });
  return spectrum;
}
