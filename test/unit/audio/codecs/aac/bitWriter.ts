import type { Codebook } from '../../../../../src/audio/codecs/aac/codebooks';

/** Collects bits, the most significant first. */
export class BitWriter {
  private readonly bits: number[] = [];

  write(value: number, count: number): this {
    for (let place = count - 1; place >= 0; place--) {
      this.bits.push(Math.floor(value / 2 ** place) % 2);
    }
    return this;
  }

  writeSymbol(codebook: Codebook, symbol: number): this {
    const [codeword, length] = codewordOf(codebook, symbol);
    return this.write(codeword, length);
  }

  writeBytes(bytes: Uint8Array): this {
    bytes.forEach((byte) => this.write(byte, 8));
    return this;
  }

  append(other: BitWriter): this {
    this.bits.push(...other.bits);
    return this;
  }

  align(): this {
    while (this.bits.length % 8 > 0) {
      this.bits.push(0);
    }
    return this;
  }

  toBytes(): Uint8Array {
    this.align();
    return Uint8Array.from({ length: this.bits.length / 8 }, (_, at) =>
      this.bits.slice(at * 8, at * 8 + 8).reduce((byte, bit) => byte * 2 + bit, 0),
    );
  }
}

/** @returns the codeword of a symbol, and of how many bits it is */
export function codewordOf(
  { counts, symbols }: Codebook,
  symbol: number,
): [codeword: number, length: number] {
  let place = symbols.indexOf(symbol);
  let codeword = 0;
  for (const [index, count] of counts.entries()) {
    codeword *= 2;
    if (place < count) {
      return [codeword + place, index + 1];
    }
    place -= count;
    codeword += count;
  }
  throw new RangeError(`No symbol ${symbol}`);
}
