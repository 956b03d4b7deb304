import type { FileHandle } from 'node:fs/promises';
import { readAt } from '../../node/readRange';

export const clusterId = Buffer.from('1f43b675', 'hex');
const timestampScaleId = Buffer.from('2ad7b1', 'hex');
const defaultScale = 1_000_000;
/** Within a cluster, and within a group of blocks. */
const ids = { timestamp: 0xe7, crc: 0xbf, simpleBlock: 0xa3, blockGroup: 0xa0, block: 0xa1 };

/** Where the last cluster is looked for: in so much of the end of the file, then in more. */
const tails = [2 ** 20, 2 ** 23, 2 ** 25];

/** An element of EBML, which is what Matroska is made of. */
interface Element {
  readonly id: number;
  /** Where its contents begin and end. */
  readonly start: number;
  readonly end: number;
}

/**
 * When the last block of a Matroska or WebM file begins, in seconds; for files that do not say how long they are, such as
 * those that browsers record. Undefined where it is not found.
 */
export async function lastBlockSeconds(
  file: FileHandle,
  size: number,
  head: Buffer,
): Promise<number | undefined> {
  const scale = timestampScale(head);
  for (const length of tails) {
    const start = Math.max(0, size - length);
    const tail = await readAt(file, start, Math.min(size, length));
    let at = tail.lastIndexOf(clusterId);
    // Sound and picture may contain those four bytes by chance.
    for (; at >= 0; at = at === 0 ? -1 : tail.lastIndexOf(clusterId, at - 1)) {
      const ticks = lastTick(tail, at);
      if (ticks !== undefined) {
        return (ticks * scale) / 1e9;
      }
    }
    if (start === 0) {
      return undefined;
    }
  }
  return undefined;
}

/** How many ns a tick has. */
export function timestampScale(head: Buffer): number {
  const at = head.indexOf(timestampScaleId);
  const scale = at < 0 ? undefined : element(head, at, timestampScaleId.length);
  return scale ? number(head, scale) : defaultScale;
}

/** The time of the last block of a cluster; undefined where there is none, or no cluster. */
function lastTick(bytes: Buffer, at: number): number | undefined {
  const cluster = element(bytes, at, clusterId.length);
  const first = cluster && element(bytes, cluster.start);
  const timestamp = first?.id === ids.crc ? element(bytes, first.end) : first;
  if (timestamp?.id !== ids.timestamp) {
    return undefined;
  }
  const base = number(bytes, timestamp);
  let last: number | undefined;
  for (const block of blocks(bytes, timestamp.end)) {
    last = Math.max(last ?? 0, base + blockTick(bytes, block));
  }
  return last;
}

function* blocks(bytes: Buffer, start: number): Generator<Element> {
  for (let next = element(bytes, start); next; next = element(bytes, next.end)) {
    const block = next.id === ids.blockGroup ? element(bytes, next.start) : next;
    if (block && (block.id === ids.simpleBlock || block.id === ids.block)) {
      yield block;
    }
  }
}

/** The time of a block in its cluster: after the number of its track. */
function blockTick(bytes: Buffer, block: Element): number {
  const at = block.start + (variableNumber(bytes, block.start)?.length ?? 0);
  return at + 2 <= bytes.length ? bytes.readInt16BE(at) : 0;
}

/** @returns undefined where the bytes end before its contents */
export function element(bytes: Buffer, at: number, idLength = 1): Element | undefined {
  const size = variableNumber(bytes, at + idLength);
  if (!size) {
    return undefined;
  }
  const start = at + idLength + size.length;
  return { id: bytes.readUIntBE(at, idLength), start, end: start + size.value };
}

/** The contents as a number; of more than six bytes, which no file needs, the last. */
export function number(bytes: Buffer, { start, end }: Element): number {
  const length = Math.min(6, end - start);
  return length > 0 && end <= bytes.length ? bytes.readUIntBE(end - length, length) : 0;
}

/** A number that says itself how long it is; all ones mean that it is not known. */
function variableNumber(bytes: Buffer, at: number): { value: number; length: number } | undefined {
  const lead = bytes[at];
  if (!lead) {
    return undefined;
  }
  const length = Math.clz32(lead) - 23;
  if (at + length > bytes.length) {
    return undefined;
  }
  const ones = 0xff >> length;
  const rest = bytes.subarray(at + 1, at + length);
  const isUnknown = (lead & ones) === ones && rest.every((byte) => byte === 0xff);
  const value = rest.reduce((sum, byte) => sum * 256 + byte, lead & ones);
  return { value: isUnknown ? Infinity : value, length };
}
