import { Imdct } from '../../coding/imdct';
import type { PacketDecoder } from '../../coding/packetDecoder';
import { readMode, readSetup, type Mapping, type Setup } from './setup';
import { VorbisBits } from './vorbisBits';

/** What the second half of a block adds to the next, by channel. */
type Overlap = readonly Float32Array[];

/** Decodes Vorbis I, but for floor type 0, which no released encoder made. xiph.org/vorbis/doc/Vorbis_I_spec.html */
export class VorbisDecoder implements PacketDecoder {
  readonly sampleRate: number;
  readonly channels: number;
  readonly grain: number;
  /** A block overlaps only the one before it. */
  readonly settlingPackets = 1;
  private readonly setup: Setup;
  private readonly transforms = new Map<number, Imdct>();
  private readonly slopes = new Map<number, Float32Array>();
  private overlap: Overlap | undefined;

  /**
   * @param description see `readSetup`
   * @throws DamagedPacket
   */
  constructor(description: Uint8Array) {
    this.setup = readSetup(description);
    this.sampleRate = this.setup.sampleRate;
    this.channels = this.setup.channels;
    const [short, long] = this.setup.blockSizes;
    this.grain = short === long ? short / 2 : short / 4;
    for (const size of this.setup.blockSizes) {
      this.transforms.set(size, new Imdct(size / 2));
      this.slopes.set(size, risingSlope(size / 2));
    }
  }

  decode(packet: Uint8Array): Float32Array[] {
    const bits = new VorbisBits(packet);
    const mode = readMode(bits, this.setup);
    const [short, long] = this.setup.blockSizes;
    const size = mode.isLong ? long : short;
    const before = mode.isLong && bits.readFlag() ? long : short;
    const after = mode.isLong && bits.readFlag() ? long : short;
    const blocks = this.readSpectra(bits, mode.mapping, size / 2).map((spectrum) =>
      this.toBlock(spectrum, size, before, after),
    );
    const { overlap } = this;
    this.overlap = blocks.map((block) => block.subarray(size / 2));
    return blocks.map((block, channel) => addUp(overlap?.[channel], block.subarray(0, size / 2)));
  }

  skip(packet: Uint8Array): number {
    const [short, long] = this.setup.blockSizes;
    const half = (readMode(new VorbisBits(packet), this.setup).isLong ? long : short) / 2;
    const before = this.overlap?.[0]?.length;
    this.overlap = Array.from({ length: this.channels }, () => new Float32Array(half));
    return before === undefined ? 0 : (before + half) / 2;
  }

  forget(): void {
    this.overlap = undefined;
  }

  close(): void {
    // Nothing is held.
  }

  /** Sections 4.3.2 to 4.3.6. */
  private readSpectra(bits: VorbisBits, mapping: Mapping, length: number): Float32Array[] {
    const { submaps, submapOf, couplings } = mapping;
    const floors = submapOf.map((submap) => submaps[submap]?.floor);
    const heights = floors.map((floor) => floor?.read(bits));
    const isSounding = heights.map((sent) => sent !== undefined);
    for (const { magnitude, angle } of couplings) {
      if (isSounding[magnitude] || isSounding[angle]) {
        isSounding[magnitude] = isSounding[angle] = true;
      }
    }
    const spectra = submapOf.map(() => new Float32Array(length));
    for (const [number, { residue }] of submaps.entries()) {
      const members = spectra.filter((_, channel) => submapOf[channel] === number);
      const sounding = isSounding.filter((_, channel) => submapOf[channel] === number);
      residue.read(
        bits,
        members.map((spectrum, i) => (sounding[i] ? spectrum : undefined)),
      );
    }
    for (const { magnitude, angle } of couplings.toReversed()) {
      uncouple(spectra[magnitude], spectra[angle]);
    }
    for (const [channel, spectrum] of spectra.entries()) {
      const sent = heights[channel];
      if (sent) {
        floors[channel]?.apply(sent, spectrum);
      } else {
        spectrum.fill(0);
      }
    }
    return spectra;
  }

  /** The inverse transform and the window. Sections 4.3.1 and 4.3.7. */
  private toBlock(spectrum: Float32Array, size: number, before: number, after: number): Float32Array {
    const transformed = new Float64Array(size);
    this.transforms.get(size)?.transform(spectrum, 0, transformed);
    const block = new Float32Array(transformed);
    // The transform is that of AAC, which divides by its size.
    scale(block, size / 2);
    applySlope(block.subarray(0, size / 2), this.slopes.get(before));
    applySlope(block.subarray(size / 2).reverse(), this.slopes.get(after));
    block.subarray(size / 2).reverse();
    return block;
  }
}

/** Sections 1.3.2 and 4.3.1: the rising half of a window. */
function risingSlope(length: number): Float32Array {
  return Float32Array.from({ length }, (_, i) =>
    Math.sin((Math.PI / 2) * Math.sin(((i + 0.5) / length) * (Math.PI / 2)) ** 2),
  );
}

/** The slope lies in the middle; before it there is silence, after it nothing is changed. */
function applySlope(half: Float32Array, slope = half): void {
  const start = (half.length - slope.length) / 2;
  half.fill(0, 0, start);
  for (let i = 0; i < slope.length; i++) {
    half[start + i] = (half[start + i] ?? 0) * (slope[i] ?? 0);
  }
}

function scale(samples: Float32Array, factor: number): void {
  for (let i = 0; i < samples.length; i++) {
    samples[i] = (samples[i] ?? 0) * factor;
  }
}

/** Section 4.3.5: back from a greater value and a difference to two values. */
function uncouple(magnitude?: Float32Array, angle?: Float32Array): void {
  if (!magnitude || !angle) {
    return;
  }
  for (let i = 0; i < magnitude.length; i++) {
    const m = magnitude[i] ?? 0;
    const a = angle[i] ?? 0;
    const other = m > 0 ? m - Math.abs(a) : m + Math.abs(a);
    magnitude[i] = a > 0 ? m : other;
    angle[i] = a > 0 ? other : m;
  }
}

/** The middles of the two halves lie on each other; what comes out reaches from the middle of one block to that of the next. */
function addUp(before: Float32Array | undefined, now: Float32Array): Float32Array {
  if (!before) {
    return new Float32Array(0);
  }
  const length = (before.length + now.length) / 2;
  const sum = new Float32Array(length);
  sum.set(before.subarray(0, length));
  const shift = (before.length - now.length) / 2;
  for (let i = Math.max(0, -shift); i < now.length; i++) {
    sum[i + shift] = (sum[i + shift] ?? 0) + (now[i] ?? 0);
  }
  return sum;
}
