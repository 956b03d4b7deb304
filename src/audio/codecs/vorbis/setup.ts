import { DamagedPacket } from '../../coding/damaged';
import { Codebook } from './codebook';
import { Floor } from './floor';
import { Residue } from './residue';
import { bitWidth, VorbisBits } from './vorbisBits';

/** One channel is sent as the difference from another. */
interface Coupling {
  readonly magnitude: number;
  readonly angle: number;
}

interface Submap {
  readonly floor: Floor;
  readonly residue: Residue;
}

/** How channels go together in a packet. Vorbis I, section 4.2.4. */
export interface Mapping {
  readonly couplings: readonly Coupling[];
  readonly submaps: readonly Submap[];
  /** By channel, the number of its submap. */
  readonly submapOf: readonly number[];
}

/** How a packet is coded. Section 4.2.4. */
export interface Mode {
  readonly isLong: boolean;
  readonly mapping: Mapping;
}

/** All that the headers say. */
export interface Setup {
  readonly sampleRate: number;
  readonly channels: number;
  /** Of short and of long blocks, in samples. */
  readonly blockSizes: readonly [number, number];
  readonly modes: readonly Mode[];
}

/** By the description, which costs far more to read than a packet. */
const setups = new WeakMap<Uint8Array, Setup>();

/**
 * Reads each description once.
 *
 * @param description the three headers behind one another, with their lengths before them, as Matroska keeps them
 * @throws DamagedPacket
 */
export function readSetup(description: Uint8Array): Setup {
  const known = setups.get(description);
  if (known) {
    return known;
  }
  const setup = readHeaders(description);
  setups.set(description, setup);
  return setup;
}

function readHeaders(description: Uint8Array): Setup {
  const [identification, , setup] = splitHeaders(description);
  if (!identification || !setup) {
    throw new DamagedPacket('a header is missing');
  }
  const id = openHeader(identification, 1);
  if (id.read(32) !== 0) {
    throw new DamagedPacket('another version of Vorbis');
  }
  const channels = id.read(8);
  const sampleRate = id.read(32);
  id.skip(96);
  const short = 2 ** id.read(4);
  const long = 2 ** id.read(4);
  if (channels === 0 || short < 64 || long < short || long > 8192 || id.isPastEnd) {
    throw new DamagedPacket('the identification header is damaged');
  }
  const modes = readModes(openHeader(setup, 5), channels);
  return { sampleRate, channels, blockSizes: [short, long], modes };
}

/** Lengths are sums of bytes up to the first below 255; that of the last header goes without saying. */
function splitHeaders(description: Uint8Array): Uint8Array[] {
  const lengths: number[] = [];
  let at = 1;
  for (let header = 0; header < (description[0] ?? 0); header++) {
    let length = 0;
    let byte;
    do {
      byte = description[at++] ?? 0;
      length += byte;
    } while (byte === 255);
    lengths.push(length);
  }
  return [...lengths, Infinity].map((length) => description.subarray(at, (at += length)));
}

function openHeader(header: Uint8Array, type: number): VorbisBits {
  if (header[0] !== type || Buffer.from(header.subarray(1, 7)).toString('latin1') !== 'vorbis') {
    throw new DamagedPacket('a header of another kind');
  }
  return new VorbisBits(header.subarray(7));
}

/** Reads the setup header. Section 4.2.4. */
function readModes(bits: VorbisBits, channels: number): Mode[] {
  const books = list(bits, 8, () => new Codebook(bits));
  // Times: a placeholder of the format.
  list(bits, 6, () => bits.read(16));
  const floors = list(bits, 6, () => {
    // Type 0 was given up before Vorbis 1.0 was out.
    if (bits.read(16) !== 1) {
      throw new DamagedPacket('floor type 0');
    }
    return new Floor(bits, books);
  });
  const residues = list(bits, 6, () => new Residue(bits, books));
  const mappings = list(bits, 6, () => readMapping(bits, channels, floors, residues));
  const modes = list(bits, 6, () => {
    const isLong = bits.readFlag();
    bits.skip(32);
    return { isLong, mapping: existing(mappings[bits.read(8)]) };
  });
  if (!bits.readFlag()) {
    throw new DamagedPacket('the setup header does not end where it should');
  }
  return modes;
}

function readMapping(
  bits: VorbisBits,
  channels: number,
  floors: readonly Floor[],
  residues: readonly Residue[],
): Mapping {
  if (bits.read(16) !== 0) {
    throw new DamagedPacket('reserved kind of mapping');
  }
  const submapCount = bits.readFlag() ? bits.read(4) + 1 : 1;
  const width = bitWidth(channels - 1);
  const couplings = bits.readFlag()
    ? list(bits, 8, () => ({ magnitude: bits.read(width), angle: bits.read(width) }))
    : [];
  if (couplings.some((c) => c.magnitude === c.angle || c.magnitude >= channels || c.angle >= channels)) {
    throw new DamagedPacket('channels are coupled that do not exist');
  }
  bits.skip(2);
  const submapOf = Array.from({ length: channels }, () => (submapCount > 1 ? bits.read(4) : 0));
  const submaps = Array.from({ length: submapCount }, () => {
    bits.skip(8);
    return { floor: existing(floors[bits.read(8)]), residue: existing(residues[bits.read(8)]) };
  });
  return { couplings, submaps, submapOf };
}

/** @param width of the number that says how many there are, less one */
function list<T>(bits: VorbisBits, width: number, read: () => T): T[] {
  return Array.from({ length: bits.read(width) + 1 }, () => {
    if (bits.isPastEnd) {
      throw new DamagedPacket('a header is cut off');
    }
    return read();
  });
}

function existing<T>(value: T | undefined): T {
  if (value === undefined) {
    throw new DamagedPacket('the setup refers to what does not exist');
  }
  return value;
}

/**
 * Reads the beginning of a packet with sound, up to the number of its mode. Section 4.3.1.
 *
 * @throws DamagedPacket
 */
export function readMode(bits: VorbisBits, { modes }: Setup): Mode {
  const isHeader = bits.readFlag();
  const mode = modes[bits.read(bitWidth(modes.length - 1))];
  if (isHeader || bits.isPastEnd) {
    throw new DamagedPacket('not a packet with sound');
  }
  if (!mode) {
    throw new DamagedPacket('a mode that does not exist');
  }
  return mode;
}
