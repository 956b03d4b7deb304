import { bandsFor } from '../../../../../src/audio/codecs/aac/bands';
import type { ChannelElement } from '../../../../../src/audio/codecs/aac/channelElements';
import {
  scaleFactorBook,
  spectralBooks,
  type SpectralCodebook,
} from '../../../../../src/audio/codecs/aac/codebooks';
import type { AacConfig } from '../../../../../src/audio/codecs/aac/config';
import { BitWriter } from './bitWriter';

type Sequence = 0 | 1 | 2 | 3;

/** Which window sequences may follow each: long, start, eight short, stop. */
const successors: Readonly<Record<Sequence, readonly Sequence[]>> = {
  0: [0, 1],
  1: [2],
  2: [2, 3],
  3: [0, 1],
};

interface Ics {
  readonly sequence: Sequence;
  readonly maxBand: number;
  /** Windows of each group. */
  readonly groups: readonly number[];
}

/** The spectral codebooks, and none. */
const spectralNumbers = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

/** With the one that stands for noise. */
export const numbersWithNoise = [...spectralNumbers, 13];

/** What frames shall have beside the tools that always occur. */
export interface Extras {
  /** The numbers of codebooks to choose from; without them, the spectral ones. */
  readonly books?: readonly number[];
  /** Elements without sound between the others. */
  readonly filler?: boolean;
  /** Wild scale factors and long filters, which give no sound that two decoders agree on. */
  readonly wild?: boolean;
}

/** Writes frames that mean nothing, but use whatever AAC-LC has: as an encoder would that rolls dice. */
export class FrameWriter {
  private bits = new BitWriter();
  private readonly sequences = new Map<ChannelElement, Sequence>();
  private readonly bands: ReturnType<typeof bandsFor>;

  constructor(
    private readonly config: AacConfig,
    private readonly random: () => number,
    private readonly extras: Extras = {},
  ) {
    this.bands = bandsFor(config.sampleRate, config.samplesPerFrame);
  }

  nextFrame(): Uint8Array {
    this.bits = new BitWriter();
    const tags = { single: 0, pair: 0, lfe: 0 };
    const ids = { single: 0, pair: 1, lfe: 3 };
    for (const element of this.config.elements) {
      this.writeFiller();
      const { type } = element;
      this.bits.write(ids[type], 3).write(element.tag ?? tags[type]++, 4);
      const sequence = this.pick(successors[this.sequences.get(element) ?? 0]);
      this.sequences.set(element, sequence);
      if (type === 'pair') {
        this.writePair(sequence);
      } else {
        this.writeChannel(sequence, undefined, false);
      }
    }
    this.writeFiller();
    return this.bits.write(7, 3).toBytes();
  }

  /** A whole number from `least` to `most`. */
  private whole(least: number, most: number): number {
    return least + Math.floor(this.random() * (most - least + 1));
  }

  private pick<T>(choices: readonly T[]): T {
    return choices[this.whole(0, choices.length - 1)]!;
  }

  private chance(probability: number): boolean {
    return this.random() < probability;
  }

  private writeFiller(): void {
    if (this.extras.filler !== true) {
      return;
    }
    if (this.chance(0.3)) {
      const count = this.pick([0, 3, 14, 15, 20]);
      this.bits.write(6, 3).write(Math.min(count, 15), 4);
      if (count >= 15) {
        this.bits.write(count - 14, 8);
      }
      // Extension type 0 is padding.
      this.bits.write(0, 4 * Math.min(count, 1));
      this.bits.write(0, 8 * count - 4 * Math.min(count, 1));
    }
    if (this.chance(0.2)) {
      const count = this.pick([0, 7, 255, 260]);
      const isAligned = this.chance(0.5);
      this.bits.write(4, 3).write(0, 4).write(Number(isAligned), 1).write(Math.min(count, 255), 8);
      if (count >= 255) {
        this.bits.write(count - 255, 8);
      }
      if (isAligned) {
        this.bits.align();
      }
      this.bits.writeBytes(Uint8Array.from({ length: count }, () => this.whole(0, 255)));
    }
  }

  private writePair(sequence: Sequence): void {
    const isCommon = this.chance(0.7);
    this.bits.write(Number(isCommon), 1);
    let ics: Ics | undefined;
    if (isCommon) {
      ics = this.writeIcsInfo(sequence);
      const mask = this.whole(0, 2);
      this.bits.write(mask, 2);
      for (let i = 0; mask === 1 && i < ics.groups.length * ics.maxBand; i++) {
        this.bits.write(this.whole(0, 1), 1);
      }
      this.writeChannel(sequence, ics, false);
      // With all bands in middle and side, decoders disagree about the sign of intensity.
      this.writeChannel(sequence, ics, mask !== 2);
    } else {
      this.writeChannel(sequence, undefined, false);
      this.writeChannel(sequence, undefined, false);
    }
  }

  private writeIcsInfo(sequence: Sequence): Ics {
    this.bits.write(0, 1).write(sequence, 2).write(this.whole(0, 1), 1);
    const isShort = sequence === 2;
    const { offsets } = isShort ? this.bands.short : this.bands.long;
    const maxBand = this.whole(0, offsets.length - 1);
    if (!isShort) {
      this.bits.write(maxBand, 6).write(0, 1);
      return { sequence, maxBand, groups: [1] };
    }
    this.bits.write(maxBand, 4);
    const groups = [1];
    for (let window = 1; window < 8; window++) {
      const joins = this.chance(0.5);
      this.bits.write(Number(joins), 1);
      if (joins) {
        groups.push(groups.pop()! + 1);
      } else {
        groups.push(1);
      }
    }
    return { sequence, maxBand, groups };
  }

  private writeChannel(sequence: Sequence, common: Ics | undefined, mayHaveIntensity: boolean): void {
    const globalGain = this.extras.wild ? this.whole(0, 255) : this.whole(110, 130);
    this.bits.write(globalGain, 8);
    const ics = common ?? this.writeIcsInfo(sequence);
    const books = this.writeSections(ics, mayHaveIntensity);
    this.writeScales(books, globalGain);
    const hasPulses = sequence !== 2 && ics.maxBand > 12 && this.chance(0.5);
    this.bits.write(Number(hasPulses), 1);
    if (hasPulses) {
      this.writePulses();
    }
    const hasTns = this.chance(0.5);
    this.bits.write(Number(hasTns), 1);
    if (hasTns) {
      this.writeTns(sequence === 2);
    }
    this.bits.write(0, 1);
    this.writeSpectrum(ics, books);
  }

  private writeSections(ics: Ics, mayHaveIntensity: boolean): number[][] {
    const lengthBits = ics.sequence === 2 ? 3 : 5;
    const escape = 2 ** lengthBits - 1;
    const choices = [...(this.extras.books ?? spectralNumbers), ...(mayHaveIntensity ? [14, 15] : [])];
    return ics.groups.map(() => {
      const books: number[] = [];
      while (books.length < ics.maxBand) {
        const book = this.pick(choices);
        let length = Math.min(this.pick([1, 2, 5, 40]), ics.maxBand - books.length);
        books.push(...Array<number>(length).fill(book));
        this.bits.write(book, 4);
        for (; length >= escape; length -= escape) {
          this.bits.write(escape, lengthBits);
        }
        this.bits.write(length, lengthBits);
      }
      return books;
    });
  }

  private writeScales(books: number[][], globalGain: number): void {
    let scaleFactor = globalGain;
    let isFirstNoise = true;
    const range = this.extras.wild ? 60 : 4;
    for (const book of books.flat()) {
      if (book === 0) {
        continue;
      }
      if (book === 13 && isFirstNoise) {
        isFirstNoise = false;
        this.bits.write(this.whole(256, 290), 9);
        continue;
      }
      const difference = this.whole(-range, range);
      const towardsMiddle = scaleFactor + difference > 125 ? -Math.abs(difference) : Math.abs(difference);
      scaleFactor += book < 12 ? towardsMiddle : 0;
      this.bits.writeSymbol(scaleFactorBook, 60 + (book < 12 ? towardsMiddle : difference));
    }
  }

  private writePulses(): void {
    const count = this.whole(1, 4);
    this.bits.write(count - 1, 2).write(this.whole(0, 3), 6);
    for (let i = 0; i < count; i++) {
      this.bits.write(this.whole(0, 8), 5).write(this.whole(0, 15), 4);
    }
  }

  private writeTns(isShort: boolean): void {
    for (let window = 0; window < (isShort ? 8 : 1); window++) {
      const filters = isShort ? this.whole(0, 1) : this.whole(0, 3);
      this.bits.write(filters, isShort ? 1 : 2);
      const resolution = this.whole(0, 1);
      this.bits.write(resolution, Math.min(filters, 1));
      for (let filter = 0; filter < filters; filter++) {
        this.writeTnsFilter(isShort, 3 + resolution);
      }
    }
  }

  private writeTnsFilter(isShort: boolean, resolution: number): void {
    const [bandBits, orderBits, longest] = isShort ? [4, 3, 7] : [6, 5, 12];
    const order = this.whole(0, this.extras.wild ? longest : 4);
    this.bits.write(this.whole(0, isShort ? 15 : 30), bandBits).write(order, orderBits);
    if (order > 0) {
      const isCompressed = this.chance(0.3);
      const width = isCompressed ? resolution - 1 : resolution;
      this.bits.write(this.whole(0, 1), 1).write(Number(isCompressed), 1);
      const most = this.extras.wild ? 2 ** (width - 1) - 1 : 2 ** (width - 2);
      for (let i = 0; i < order; i++) {
        const value = this.whole(-most, most);
        this.bits.write(value < 0 ? value + 2 ** width : value, width);
      }
    }
  }

  private writeSpectrum(ics: Ics, books: number[][]): void {
    const { offsets } = ics.sequence === 2 ? this.bands.short : this.bands.long;
    for (const [group, groupBooks] of books.entries()) {
      for (const [band, book] of groupBooks.entries()) {
        const values = (offsets[band + 1]! - offsets[band]!) * ics.groups[group]!;
        const codebook = spectralBooks[book - 1];
        for (let i = 0; codebook !== undefined && i < values; i += codebook.dimension) {
          this.writeTuple(codebook);
        }
      }
    }
  }

  private writeTuple(codebook: SpectralCodebook): void {
    const symbol = this.pick(codebook.symbols);
    this.bits.writeSymbol(codebook, symbol);
    const values = unsignedValues(codebook, symbol);
    for (const value of values) {
      this.bits.write(this.whole(0, 1), value > 0 ? 1 : 0);
    }
    for (const value of values) {
      if (value === 16) {
        const length = this.pick([4, 4, 4, 5, 7, 12]);
        this.bits.write(2 ** (length - 3) - 2, length - 3).write(this.whole(0, 2 ** length - 1), length);
      }
    }
  }
}

/** @returns the values that have signs of their own */
function unsignedValues({ dimension, least, largest }: SpectralCodebook, symbol: number): number[] {
  const steps = largest + 1;
  return Array.from({ length: least === 0 ? dimension : 0 }, (_, i) => {
    return Math.floor(symbol / steps ** (dimension - 1 - i)) % steps;
  });
}
