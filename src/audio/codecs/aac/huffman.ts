import type { FrameReader } from './frameReader';
import type { Codebook } from './codebooks';

/** Codewords of at most this many bits, which are nearly all that occur, are found by one look into a table. */
const directBits = 9;

/** Reads the symbols of a codebook. */
export class HuffmanDecoder {
  /** By the next bits: symbol and length of the codeword they begin with, or 0 where it is longer. */
  private readonly direct = new Uint16Array(1 << directBits);
  private readonly symbols: Uint16Array;
  /** By length: the number behind the last codeword of that length. */
  private readonly limits: Int32Array;
  /** By length: what to add to a codeword for the place of its symbol. */
  private readonly shifts: Int32Array;
  private readonly longest: number;

  constructor({ counts, symbols }: Codebook) {
    this.symbols = Uint16Array.from(symbols);
    this.longest = counts.length;
    this.limits = new Int32Array(this.longest + 1);
    this.shifts = new Int32Array(this.longest + 1);
    let codeword = 0;
    let place = 0;
    counts.forEach((count, index) => {
      const length = index + 1;
      codeword *= 2;
      this.shifts[length] = place - codeword;
      for (let i = 0; i < count; i++) {
        this.enter(codeword++, length, symbols[place++] ?? 0);
      }
      this.limits[length] = codeword;
    });
  }

  /** @throws AacError when the data ends within the codeword */
  read(bits: FrameReader): number {
    const entry = this.direct[bits.peek(directBits)] ?? 0;
    if (entry > 0) {
      bits.skip(entry & 15);
      return entry >>> 4;
    }
    return this.readLong(bits);
  }

  private enter(codeword: number, length: number, symbol: number): void {
    if (length <= directBits) {
      const open = directBits - length;
      this.direct.fill((symbol << 4) | length, codeword << open, (codeword + 1) << open);
    }
  }

  /** The codebooks are complete, so that some length always fits. */
  private readLong(bits: FrameReader): number {
    const next = bits.peek(this.longest);
    let length = directBits + 1;
    while (length < this.longest && next >>> (this.longest - length) >= (this.limits[length] ?? 0)) {
      length++;
    }
    bits.skip(length);
    return this.symbols[(next >>> (this.longest - length)) + (this.shifts[length] ?? 0)] ?? 0;
  }
}
