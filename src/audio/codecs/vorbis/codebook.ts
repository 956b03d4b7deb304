import { DamagedPacket } from '../../coding/damaged';
import { type VorbisBits } from './vorbisBits';

const quickBits = 9;
/** Far more than any encoder uses; what a file says is not to decide on memory. */
const maxEntries = 2 ** 17;
const notUsed = 0;

/** A prefix code whose symbols may stand for vectors. Vorbis I, section 3. */
export class Codebook {
  readonly dimensions: number;
  /** `dimensions` values for each entry, where entries stand for vectors. */
  readonly vectors: Float32Array | undefined;
  /** Two for each node: the next node, or -1 - entry, or 0 where no code leads. */
  private readonly tree: Int32Array;
  /** By the next nine bits: 64 * entry + length, or -1 - node after nine bits. */
  private readonly quick = new Int32Array(1 << quickBits);

  constructor(bits: VorbisBits) {
    if (bits.read(24) !== 0x564342) {
      throw new DamagedPacket('no codebook begins here');
    }
    this.dimensions = bits.read(16);
    const entries = bits.read(24);
    if (entries * Math.max(1, this.dimensions) > maxEntries) {
      throw new DamagedPacket('a huge codebook');
    }
    const lengths = readLengths(bits, entries);
    this.tree = buildTree(lengths);
    for (let prefix = 0; prefix < this.quick.length; prefix++) {
      this.quick[prefix] = this.follow(prefix);
    }
    this.vectors = readVectors(bits, entries, this.dimensions);
  }

  /** @returns the number of an entry; at the end of the packet, any */
  read(bits: VorbisBits): number {
    const found = this.quick[bits.peek(quickBits)] ?? 0;
    if (found >= 0) {
      bits.skip(found & 63);
      return found >> 6;
    }
    bits.skip(quickBits);
    let node = -1 - found;
    while (!bits.isPastEnd) {
      node = this.tree[2 * node + bits.read(1)] ?? 0;
      if (node < 0) {
        return -1 - node;
      }
      if (node === 0) {
        break;
      }
    }
    throw new DamagedPacket('no code');
  }

  private follow(prefix: number): number {
    let node = 0;
    for (let length = 1; length <= quickBits; length++) {
      node = this.tree[2 * node + ((prefix >> (length - 1)) & 1)] ?? 0;
      if (node < 0) {
        return (-1 - node) * 64 + length;
      }
      if (node === 0) {
        break;
      }
    }
    // No code begins so: from the root nothing is found either, and that is said there.
    return -1 - node;
  }
}

/** Section 3.2.1: of each entry the length of its code, or `notUsed`. */
function readLengths(bits: VorbisBits, entries: number): Uint8Array {
  const lengths = new Uint8Array(entries);
  if (bits.readFlag()) {
    let length = bits.read(5) + 1;
    for (let entry = 0; entry < entries; length++) {
      const count = bits.read(32 - Math.clz32(entries - entry));
      if (length > 32 || entry + count > entries) {
        throw new DamagedPacket('code lengths do not fit');
      }
      lengths.fill(length, entry, entry + count);
      entry += count;
    }
    return lengths;
  }
  const sparse = bits.readFlag();
  for (let entry = 0; entry < entries; entry++) {
    lengths[entry] = sparse && !bits.readFlag() ? notUsed : bits.read(5) + 1;
  }
  return lengths;
}

/**
 * Each entry in turn gets the lowest code of its length that is free. What is free is at most one subtree at each depth,
 * so the deepest one that is not too deep is taken, and what remains of it is free in its place.
 */
function buildTree(lengths: Uint8Array): Int32Array {
  const used = lengths.filter((length) => length !== notUsed).length;
  // No node but those on the way to an entry, and 32 on each way at the most.
  const nodes: number[] = [0, 0];
  const free: (number | undefined)[] = [0];
  for (const [entry, length] of lengths.entries()) {
    if (length === notUsed) {
      continue;
    }
    const depth = free.findLastIndex((code, at) => code !== undefined && at <= length);
    if (depth < 0) {
      throw new DamagedPacket('more codes than there is room for');
    }
    const code = free[depth] ?? 0;
    free[depth] = undefined;
    for (let at = depth + 1; at <= length; at++) {
      free[at] = code + 2 ** (32 - at);
    }
    insert(nodes, code, length, entry);
  }
  if (used === 1) {
    nodes[1] ||= nodes[0] ?? 0;
  }
  return Int32Array.from(nodes);
}

/** @param code its first bit is the highest of 32 */
function insert(nodes: number[], code: number, length: number, entry: number): void {
  let node = 0;
  for (let depth = 0; depth < length; depth++) {
    const at = 2 * node + (Math.floor(code / 2 ** (31 - depth)) % 2);
    if (depth === length - 1) {
      nodes[at] = -1 - entry;
    } else {
      node = nodes[at] ?? 0;
      if (node === 0) {
        node = nodes.length / 2;
        nodes[at] = node;
        nodes.push(0, 0);
      }
    }
  }
}

/** Sections 3.2.1 and 3.3. */
function readVectors(bits: VorbisBits, entries: number, dimensions: number): Float32Array | undefined {
  const type = bits.read(4);
  if (type === 0) {
    return undefined;
  }
  if (type > 2) {
    throw new DamagedPacket('reserved kind of vectors');
  }
  const minimum = bits.readFloat();
  const delta = bits.readFloat();
  const width = bits.read(4) + 1;
  const isSequence = bits.readFlag();
  const count = type === 1 ? latticeSize(entries, dimensions) : entries * dimensions;
  const multiplicands = Float32Array.from({ length: count }, () => bits.read(width) * delta + minimum);
  const vectors = new Float32Array(entries * dimensions);
  for (let entry = 0; entry < entries; entry++) {
    let last = 0;
    let divisor = 1;
    for (let i = 0; i < dimensions; i++) {
      const at = type === 1 ? Math.floor(entry / divisor) % count : entry * dimensions + i;
      const value = (multiplicands[at] ?? 0) + last;
      vectors[entry * dimensions + i] = value;
      if (isSequence) {
        last = value;
      }
      divisor *= count;
    }
  }
  return vectors;
}

/** The greatest number whose power of `dimensions` is not above `entries`. Section 9.2.3. */
function latticeSize(entries: number, dimensions: number): number {
  let size = Math.floor(entries ** (1 / dimensions)) + 1;
  while (size > 0 && size ** dimensions > entries) {
    size--;
  }
  return size;
}
