import type { FileHandle } from 'node:fs/promises';
import { readAt } from '../../node/readRange';
import { children, element, number, variableNumber, type Element } from './ebml';

/** With this element, every file begins. */
export const headerId = 0x1a45dfa3;
export const clusterId = Buffer.from('1f43b675', 'hex');
/** What a cluster has in it, and what a group of blocks has. RFC 9559, section 5.1.3. */
const ids = { timestamp: 0xe7, crc: 0xbf, simpleBlock: 0xa3, blockGroup: 0xa0, block: 0xa1, duration: 0x9b };
/** Any other element ends a cluster whose length is not known. */
const clusterIds: readonly number[] = [...Object.values(ids), 0x5854, 0xa7, 0xab, 0xaf, 0xec];

/** How much of the end of a file is searched for the last cluster: first a little, then more. */
const tails = [2 ** 20, 2 ** 23, 2 ** 25];

/** A part of one track. Times are in ticks of the file. */
interface Block {
  readonly tick: number;
  /** Undefined where the file does not say. */
  readonly durationTicks: number | undefined;
  /** The number of its frames. */
  readonly frames: number;
  /** Its first frame, and what follows that. */
  readonly data: Uint8Array;
}

/** The last block of a track, and the one before it where both are near the end. */
export interface LastBlock {
  readonly last: Block;
  readonly before: Block | undefined;
}

/**
 * Finds the last block of a Matroska or WebM file from its end.
 *
 * @param track the number of the track to which it has to belong; undefined for any
 * @returns undefined where there is none near the end
 */
export async function lastBlock(
  file: FileHandle,
  fileBytes: number,
  track: number | undefined,
): Promise<LastBlock | undefined> {
  for (const length of tails) {
    const start = Math.max(0, fileBytes - length);
    const found = lastBlocks(await readAt(file, start, Math.min(fileBytes, length)), track);
    const [last, before] = found.toSorted((one, other) => other.tick - one.tick);
    if (last) {
      return { last, before };
    }
    if (start === 0) {
      return undefined;
    }
  }
  return undefined;
}

/** The blocks of the last cluster that has any, or of the last two, so that there are two at least. */
function lastBlocks(bytes: Buffer, track: number | undefined): Block[] {
  let found: Block[] = [];
  for (let at = bytes.lastIndexOf(clusterId); at >= 0 && found.length < 2;) {
    found = [...blocksOf(bytes, at, track), ...found];
    at = at === 0 ? -1 : bytes.lastIndexOf(clusterId, at - 1);
  }
  return found;
}

/** The blocks of a track in the cluster that begins at a place; none where no cluster begins. */
function blocksOf(bytes: Buffer, at: number, track: number | undefined): Block[] {
  const cluster = element(bytes, at);
  const base = clusterTick(bytes, at);
  if (!cluster || base === undefined) {
    return [];
  }
  return [...children(bytes, cluster, clusterIds)].flatMap(
    (child) => readBlock(bytes, child, base, track) ?? [],
  );
}

/**
 * When the cluster that begins at a place starts, in ticks. Undefined where no cluster begins: sound and picture may contain
 * the four bytes of its name by chance.
 */
export function clusterTick(bytes: Buffer, at: number): number | undefined {
  const cluster = element(bytes, at);
  const [first, second] = cluster ? children(bytes, cluster, clusterIds) : [];
  const timestamp = first?.id === ids.crc ? second : first;
  return timestamp?.id === ids.timestamp ? number(bytes, timestamp) : undefined;
}

/** @returns undefined for anything but a block of the track */
function readBlock(
  bytes: Buffer,
  container: Element,
  base: number,
  track: number | undefined,
): Block | undefined {
  const parts = container.id === ids.blockGroup ? [...children(bytes, container)] : [container];
  const block = parts.find(({ id }) => id === ids.simpleBlock || id === ids.block);
  const trackNumber = block && variableNumber(bytes, block.start);
  if (!block || !trackNumber || (track !== undefined && trackNumber.value !== track)) {
    return undefined;
  }
  const at = block.start + trackNumber.length;
  if (at + 3 > bytes.length) {
    return undefined;
  }
  const duration = parts.find(({ id }) => id === ids.duration);
  const { frames, start } = readLacing(bytes, at + 3, (bytes.readUInt8(at + 2) >> 1) & 3);
  return {
    tick: base + bytes.readInt16BE(at),
    durationTicks: duration && number(bytes, duration),
    frames,
    data: bytes.subarray(start, block.end),
  };
}

/**
 * How many frames a block has, and where the first begins: behind the lengths of all frames but the last. RFC 9559,
 * section 10.3.
 */
function readLacing(bytes: Buffer, at: number, lacing: number): { frames: number; start: number } {
  if (lacing === 0) {
    return { frames: 1, start: at };
  }
  const lengths = bytes[at] ?? 0;
  let start = at + 1;
  for (let i = 0; i < lengths && lacing !== 2; i++) {
    if (lacing === 3) {
      start += variableNumber(bytes, start)?.length ?? 1;
    } else {
      while (bytes[start] === 255) {
        start++;
      }
      start++;
    }
  }
  return { frames: lengths + 1, start };
}
