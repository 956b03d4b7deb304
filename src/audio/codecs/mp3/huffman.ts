import type { BitReader } from '../../coding/bitReader';
import { pairTables, quadTables, type CodeTable } from './huffmanTables';

/** Bits that are looked up at once; longer codes are rare. */
const quickBits = 10;
const longest = 24;

/** Decodes one prefix code that leaves no bits without a meaning. */
class PrefixCode {
  /** By the next ten bits: length * 256 + symbol, or 0 where the code is longer. */
  private readonly quick = new Uint16Array(1 << quickBits);
  /** Of each code in order: the codes up to here, filled up with ones to 24 bits; and length * 256 + symbol. */
  private readonly ends: number[] = [];
  private readonly entries: number[] = [];

  constructor({ lengths, symbols }: CodeTable) {
    let start = 0;
    for (let i = 0; i < lengths.length; i++) {
      const length = parseInt(lengths.charAt(i), 36);
      const entry = length * 256 + parseInt(symbols.slice(2 * i, 2 * i + 2), 16);
      const end = start + 2 ** (longest - length);
      this.ends.push(end - 1);
      this.entries.push(entry);
      const shift = longest - quickBits;
      if (length <= quickBits) {
        this.quick.fill(entry, start >>> shift, end >>> shift);
      }
      start = end;
    }
  }

  /** @returns the symbol */
  read(bits: BitReader): number {
    const ahead = bits.peek(longest);
    let entry = this.quick[ahead >>> (longest - quickBits)] ?? 0;
    if (entry === 0) {
      entry = this.entries[this.search(ahead)] ?? 0;
    }
    bits.skip(entry >>> 8);
    return entry & 0xff;
  }

  private search(ahead: number): number {
    let low = 0;
    let high = this.ends.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.ends[middle] ?? 0) < ahead) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

/** How the pairs of one region are coded: values of 15 go on in `extraBits` more. */
export interface PairCode {
  readonly code: PrefixCode;
  readonly extraBits: number;
}

const codes = new Map(Object.entries(pairTables).map(([number, table]) => [number, new PrefixCode(table)]));
const extraBits = [1, 2, 3, 4, 6, 8, 10, 13, 4, 5, 6, 7, 8, 9, 11, 13];

/** By the number of the table; undefined for 0, where all is silent, and for 4 and 14, which do not exist. */
export const pairCodes: readonly (PairCode | undefined)[] = Array.from({ length: 32 }, (_, number) => {
  const code = codes.get(String(number < 16 ? number : number < 24 ? 16 : 24));
  return code && { code, extraBits: number < 16 ? 0 : (extraBits[number - 16] ?? 0) };
});

export const quadCodes = quadTables.map((table) => new PrefixCode(table));
