import { DamagedPacket } from '../../coding/damaged';
import type { Codebook } from './codebook';
import { bitWidth, type VorbisBits } from './vorbisBits';

interface FloorClass {
  readonly dimensions: number;
  readonly subclassBits: number;
  readonly masterBook: Codebook | undefined;
  /** By subclass; where there is none, the value is 0. */
  readonly books: readonly (Codebook | undefined)[];
}

/** A point of the curve, and the nearest points on either side among those before it in the list. */
interface Point {
  readonly x: number;
  readonly low: number;
  readonly high: number;
}

/** Steps of 140 / 256 dB up to 1. Section 10.1. */
const inverseDecibels = Float32Array.from({ length: 256 }, (_, i) => 10 ** (((i - 255) * 140) / 256 / 20));

/** How finely heights are sent, by the multiplier. Section 7.2.3. */
const ranges = [256, 128, 86, 64];

/** The coarse shape of a spectrum, as a line through points in decibels: floor type 1. Vorbis I, section 7.2. */
export class Floor {
  private readonly partitions: readonly FloorClass[];
  private readonly multiplier: number;
  private readonly points: readonly Point[];
  /** Numbers of the points from left to right. */
  private readonly order: readonly number[];

  constructor(bits: VorbisBits, books: readonly Codebook[]) {
    const classNumbers = Array.from({ length: bits.read(5) }, () => bits.read(4));
    const classes = Array.from({ length: Math.max(-1, ...classNumbers) + 1 }, () => readClass(bits, books));
    this.partitions = classNumbers.flatMap((number) => classes[number] ?? []);
    this.multiplier = bits.read(2) + 1;
    const rangeBits = bits.read(4);
    const xs = [0, 2 ** rangeBits];
    for (const { dimensions } of this.partitions) {
      for (let i = 0; i < dimensions; i++) {
        xs.push(bits.read(rangeBits));
      }
    }
    if (new Set(xs).size < xs.length) {
      throw new DamagedPacket('two points at one place');
    }
    this.points = xs.map((x, i) => ({ x, ...neighbours(xs, i) }));
    this.order = [...xs.keys()].sort((a, b) => (xs[a] ?? 0) - (xs[b] ?? 0));
  }

  /** @returns the heights of the points, or undefined where the channel is silent */
  read(bits: VorbisBits): Int32Array | undefined {
    if (!bits.readFlag()) {
      return undefined;
    }
    const heights = new Int32Array(this.points.length);
    const width = bitWidth((ranges[this.multiplier - 1] ?? 0) - 1);
    heights[0] = bits.read(width);
    heights[1] = bits.read(width);
    let at = 2;
    for (const { dimensions, subclassBits, masterBook, books } of this.partitions) {
      let selector = masterBook?.read(bits) ?? 0;
      for (let i = 0; i < dimensions; i++) {
        heights[at++] = books[selector & (books.length - 1)]?.read(bits) ?? 0;
        selector >>= subclassBits;
      }
    }
    return bits.isPastEnd ? undefined : heights;
  }

  /** Multiplies the lines of a spectrum by the curve. */
  apply(sent: Int32Array, spectrum: Float32Array): void {
    const { heights, isUsed } = this.unwrap(sent);
    let left = 0;
    let leftY = (heights[0] ?? 0) * this.multiplier;
    for (const number of this.order.slice(1)) {
      if (!isUsed[number]) {
        continue;
      }
      const right = this.points[number]?.x ?? 0;
      const rightY = (heights[number] ?? 0) * this.multiplier;
      applyLine(spectrum, left, leftY, right, rightY);
      left = right;
      leftY = rightY;
    }
    applyLine(spectrum, left, leftY, spectrum.length, leftY);
  }

  /** What is sent of a point is how far it lies off the line between its neighbours. Section 7.2.4, step 1. */
  private unwrap(sent: Int32Array): { heights: Int32Array; isUsed: boolean[] } {
    const range = ranges[this.multiplier - 1] ?? 0;
    const heights = sent.slice();
    const isUsed = this.points.map((_, i) => i < 2);
    for (const [i, { x, low, high }] of this.points.entries()) {
      if (i < 2) {
        continue;
      }
      const offset = sent[i] ?? 0;
      const predicted = this.between(low, high, heights, x);
      heights[i] = predicted;
      if (offset === 0) {
        continue;
      }
      isUsed[i] = isUsed[low] = isUsed[high] = true;
      heights[i] = Math.min(range - 1, Math.max(0, unfold(offset, predicted, range)));
    }
    return { heights, isUsed };
  }

  /** The height at x on the line from one point to another. */
  private between(low: number, high: number, heights: Int32Array, x: number): number {
    const from = this.points[low]?.x ?? 0;
    const to = this.points[high]?.x ?? 0;
    return lineAt(from, heights[low] ?? 0, to, heights[high] ?? 0, x);
  }
}

function readClass(bits: VorbisBits, books: readonly Codebook[]): FloorClass {
  const dimensions = bits.read(3) + 1;
  const subclassBits = bits.read(2);
  const masterBook = subclassBits > 0 ? pick(books, bits.read(8)) : undefined;
  return {
    dimensions,
    subclassBits,
    masterBook,
    books: Array.from({ length: 1 << subclassBits }, () => {
      const number = bits.read(8);
      return number === 0 ? undefined : pick(books, number - 1);
    }),
  };
}

function pick(books: readonly Codebook[], number: number): Codebook {
  const book = books[number];
  if (!book) {
    throw new DamagedPacket('a codebook that does not exist');
  }
  return book;
}

/** Sections 9.2.4 and 9.2.5. */
function neighbours(xs: readonly number[], i: number): { low: number; high: number } {
  const x = xs[i] ?? 0;
  let low = 0;
  let high = 1;
  for (const [j, other] of xs.slice(0, i).entries()) {
    if (other < x && other > (xs[low] ?? 0)) {
      low = j;
    }
    if (other > x && other < (xs[high] ?? 0)) {
      high = j;
    }
  }
  return { low, high };
}

/** Offsets alternate between above and below until one side is used up. */
function unfold(offset: number, predicted: number, range: number): number {
  const above = range - predicted;
  const room = Math.min(above, predicted) * 2;
  if (offset >= room) {
    return above > predicted ? offset : range - 1 - offset;
  }
  return offset % 2 === 1 ? predicted - (offset + 1) / 2 : predicted + offset / 2;
}

/** Section 9.2.6. */
function lineAt(x0: number, y0: number, x1: number, y1: number, x: number): number {
  const offset = Math.floor((Math.abs(y1 - y0) * (x - x0)) / (x1 - x0));
  return y1 < y0 ? y0 - offset : y0 + offset;
}

/** From x0 up to, not including, x1. Section 9.2.7 draws it step by step; it comes to `lineAt` at each place. */
function applyLine(spectrum: Float32Array, x0: number, y0: number, x1: number, y1: number): void {
  const end = Math.min(x1, spectrum.length);
  for (let x = x0; x < end; x++) {
    const height = y0 === y1 ? y0 : lineAt(x0, y0, x1, y1, x);
    spectrum[x] = (spectrum[x] ?? 0) * (inverseDecibels[height] ?? 0);
  }
}
