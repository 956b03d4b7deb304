import type { FileHandle } from 'node:fs/promises';
import { CustomSource } from 'mediabunny';
import { element, type Element } from '../headers/ebml';
import { clusterId, clusterTick, headerId } from '../headers/matroska';
import { tsPacketBytes, tsPacketsEnd, type TsPackets } from '../headers/tsPackets';
import { readAt } from '../../node/readRange';

/** What a reader gets to see of a file. */
export interface FileView {
  readonly size: number;
  /** @returns fewer bytes than asked for at the end only */
  read(position: number, length: number): Promise<Buffer>;
}

export function sourceOf(view: FileView): CustomSource {
  return new CustomSource({
    getSize: () => view.size,
    read: (start, end) => view.read(start, end - start),
    prefetchProfile: 'fileSystem',
  });
}

/** A file without what follows a place. */
export function shortenedView(file: FileHandle, size: number): FileView {
  return {
    size,
    read: (position, length) => readAt(file, position, Math.min(length, Math.max(0, size - position))),
  };
}

/** The packets of a transport stream alone: without what lies between them, and what comes before and behind. */
export async function tsView(
  file: FileHandle,
  packets: TsPackets,
  fileBytes: number,
  contentsBytes: number,
): Promise<FileView> {
  const { start, stride } = packets;
  const end = await tsPacketsEnd(file, packets, fileBytes, contentsBytes);
  const count = Math.floor((end - start + stride - tsPacketBytes) / stride);
  return {
    size: count * tsPacketBytes,
    async read(position, length) {
      const first = Math.floor(position / tsPacketBytes);
      const last = Math.min(count, Math.ceil((position + length) / tsPacketBytes));
      const bytes = await readAt(file, start + first * stride, Math.max(0, last - first) * stride);
      const each = Array.from({ length: Math.max(0, last - first) }, (_, i) =>
        bytes.subarray(i * stride, i * stride + tsPacketBytes),
      );
      const from = position - first * tsPacketBytes;
      return Buffer.concat(each).subarray(from, from + length);
    },
  };
}

/** More zeros than any block of sound ends with. */
const longestZeros = 2 ** 18;
/**
 * An empty element `Tags`, and one of nothing (RFC 8794, section 11.3.2) with more of the first in it: an element that was cut off
 * ends somewhere in there as it says, and the search goes on from there.
 */
const emptyTags = Buffer.from('1254c36780', 'hex');
const manyTags = Buffer.concat(Array.from({ length: 2 ** 14 }, () => emptyTags));
const lastElements = Buffer.concat([emptyTags, Buffer.of(0xec, 0x10, ...sizeOf(manyTags)), manyTags]);
const headBytes = 2 ** 10;
/** Of some seconds of picture and sound. */
const longestCluster = 2 ** 24;
const tails = [2 ** 20, longestCluster];

/**
 * A Matroska file without the zeros at its end, and with an empty element behind it. Behind damage, mediabunny searches for the
 * next element, and would search for ever where none follows. So that the element is not behind the end of the file's segment
 * either, its length is made unknown. Where the last cluster was cut off, it is filled up with zeros, or mediabunny would leave all
 * of it out.
 *
 * @param contentsBytes where the last byte other than 0 ends
 */
export async function matroskaView(
  file: FileHandle,
  fileBytes: number,
  contentsBytes: number,
): Promise<FileView> {
  const end = Math.min(fileBytes, contentsBytes + longestZeros);
  const head = await readAt(file, 0, headBytes);
  const segment = segmentOf(head);
  const isCutOff = segment !== undefined && segment.end > end;
  const missing = Buffer.alloc(isCutOff ? Math.max(0, (await lastClusterEnd(file, end)) - end) : 0);
  const behind = Buffer.concat([missing, lastElements]);
  if (segment && segment.end >= contentsBytes) {
    makeUnknown(head, segment);
  }
  return {
    size: end + behind.length,
    async read(position, length) {
      const inFile = await readAt(file, position, Math.max(0, Math.min(length, end - position)));
      head.copy(inFile, 0, Math.min(position, head.length));
      const from = position + inFile.length - end;
      return from < 0 || inFile.length >= length
        ? inFile
        : Buffer.concat([inFile, behind.subarray(from, from + length - inFile.length)]);
    },
  };
}

/** Where everything lies behind the header. Of unknown length, it ends nowhere. */
interface Segment extends Element {
  /** Where its length stands. */
  readonly sizeAt: number;
}

function segmentOf(head: Buffer): Segment | undefined {
  const header = element(head, 0);
  const segment = header?.id === headerId ? element(head, header.end) : undefined;
  return header && segment && { ...segment, sizeAt: header.end + 4 };
}

/** Sets all bits of the length. */
function makeUnknown(head: Buffer, { sizeAt, start }: Segment): void {
  head.fill(0xff, sizeAt + 1, start).writeUInt8(2 ** (9 - start + sizeAt) - 1, sizeAt);
}

/** @returns where the last cluster ends as it says; 0 where it does not say, or none is near the end */
async function lastClusterEnd(file: FileHandle, end: number): Promise<number> {
  for (const tail of tails) {
    const from = Math.max(0, end - tail);
    const bytes = await readAt(file, from, end - from);
    let at = bytes.lastIndexOf(clusterId);
    while (at > 0 && clusterTick(bytes, at) === undefined) {
      at = bytes.lastIndexOf(clusterId, at - 1);
    }
    if (at >= 0) {
      const told = from + (element(bytes, at)?.end ?? 0);
      return told <= end + longestCluster ? told : 0;
    }
  }
  return 0;
}

/** The length of some bytes, as three of a variable number of four. */
function sizeOf({ length }: Buffer): readonly number[] {
  return [length >> 16, (length >> 8) & 255, length & 255];
}
