import { DamagedPacket } from '../../coding/damaged';
import type { Codebook } from './codebook';
import type { VorbisBits } from './vorbisBits';

/** A partition is refined in up to so many passes. */
const passes = 8;

/** The fine structure of the spectra of some channels. Vorbis I, section 8. */
export class Residue {
  private readonly type: number;
  private readonly begin: number;
  private readonly end: number;
  private readonly partitionSize: number;
  private readonly classBook: Codebook;
  /** By class, then pass. */
  private readonly books: readonly (readonly (Codebook | undefined)[])[];

  constructor(bits: VorbisBits, books: readonly Codebook[]) {
    this.type = bits.read(16);
    if (this.type > 2) {
      throw new DamagedPacket('reserved kind of residue');
    }
    this.begin = bits.read(24);
    this.end = bits.read(24);
    this.partitionSize = bits.read(24) + 1;
    const classes = bits.read(6) + 1;
    const classBook = books[bits.read(8)];
    if (!classBook || classBook.dimensions === 0) {
      throw new DamagedPacket('no book for the classes');
    }
    this.classBook = classBook;
    const cascades = Array.from(
      { length: classes },
      () => bits.read(3) + (bits.readFlag() ? bits.read(5) * 8 : 0),
    );
    this.books = cascades.map((cascade) =>
      Array.from({ length: passes }, (_, pass) => {
        if (((cascade >> pass) & 1) === 0) {
          return undefined;
        }
        const book = books[bits.read(8)];
        if (!book?.vectors || book.dimensions === 0) {
          throw new DamagedPacket('no book for the residue');
        }
        return book;
      }),
    );
  }

  /**
   * Adds to the spectra of the channels; a channel that is undefined is silent.
   *
   * @param spectra all of one length
   */
  read(bits: VorbisBits, spectra: readonly (Float32Array | undefined)[]): void {
    const sounding = spectra.filter((spectrum) => spectrum !== undefined);
    const [first] = sounding;
    if (!first) {
      return;
    }
    if (this.type < 2) {
      this.readVectors(bits, sounding, this.type === 0);
      return;
    }
    // Type 2: all channels in one, sample by sample, the silent ones too.
    const joined = new Float32Array(first.length * spectra.length);
    this.readVectors(bits, [joined], false);
    for (const [channel, spectrum] of spectra.entries()) {
      if (!spectrum) {
        continue;
      }
      for (let i = 0; i < spectrum.length; i++) {
        spectrum[i] = joined[i * spectra.length + channel] ?? 0;
      }
    }
  }

  private readVectors(bits: VorbisBits, vectors: readonly Float32Array[], strided: boolean): void {
    const length = vectors[0]?.length ?? 0;
    const begin = Math.min(this.begin, length);
    const end = Math.max(begin, Math.min(this.end, length));
    const partitions = Math.floor((end - begin) / this.partitionSize);
    const rows = vectors.map((vector) => ({ vector, classes: new Uint8Array(partitions) }));
    for (let pass = 0; pass < passes; pass++) {
      for (let partition = 0; partition < partitions && !bits.isPastEnd; partition++) {
        if (pass === 0 && partition % this.classBook.dimensions === 0) {
          for (const { classes } of rows) {
            this.readClasses(bits, classes, partition);
          }
        }
        const start = begin + partition * this.partitionSize;
        for (const { vector, classes } of rows) {
          this.readPartition(bits, this.bookOf(classes, partition, pass), vector, start, strided);
        }
      }
    }
  }

  private bookOf(classes: Uint8Array, partition: number, pass: number): Codebook | undefined {
    return this.books[classes[partition] ?? 0]?.[pass];
  }

  /** One codeword holds the classes of several partitions, the last one in its lowest digit. */
  private readClasses(bits: VorbisBits, row: Uint8Array, at: number): void {
    let word = this.classBook.read(bits);
    for (let i = this.classBook.dimensions - 1; i >= 0; i--) {
      if (at + i < row.length) {
        row[at + i] = word % this.books.length;
      }
      word = Math.floor(word / this.books.length);
    }
  }

  private readPartition(
    bits: VorbisBits,
    book: Codebook | undefined,
    vector: Float32Array,
    start: number,
    strided: boolean,
  ): void {
    if (!book?.vectors) {
      return;
    }
    const { dimensions, vectors: values } = book;
    const codes = Math.floor(this.partitionSize / dimensions);
    const stride = strided ? codes : 1;
    for (let code = 0; code < codes; code++) {
      const entry = book.read(bits) * dimensions;
      if (bits.isPastEnd) {
        return;
      }
      let at = start + code * (strided ? 1 : dimensions);
      for (let i = 0; i < dimensions; i++) {
        vector[at] = (vector[at] ?? 0) + (values[entry + i] ?? 0);
        at += stride;
      }
    }
  }
}
