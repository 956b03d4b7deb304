import type { BlockReader } from './blockReader';

/** A page of an Ogg file. RFC 3533, section 6. */
export interface OggPage {
  /** Where its first byte lies in the file, and the first one behind it. */
  readonly position: number;
  readonly end: number;
  /** Tells streams apart. */
  readonly serial: number;
  /** When the last packet that ends on it ends, in units of the codec; -1 where none does. */
  readonly granule: number;
  /** Whether it begins in the middle of a packet. */
  readonly isContinued: boolean;
  /** Whether it is the first of its stream. */
  readonly isFirst: boolean;
  /** Whether it is the last of its stream. */
  readonly isLast: boolean;
  /** Its number in the stream; the next page has the next number. */
  readonly number: number;
  /** The packets on it. The first and the last may be parts of packets. */
  readonly packets: readonly Uint8Array[];
  /** Whether the last of these goes on on the next page. */
  readonly isOpen: boolean;
}

const headerBytes = 27;
export const longestPage = headerBytes + 255 + 255 * 255;
/** What every page begins with. RFC 3533, section 6. */
export const signature = Buffer.from('OggS\0', 'latin1');

/** @returns how long the page is that begins with these bytes; they may end behind its table of segments */
export function pageBytes(page: Uint8Array): number {
  const segments = page.subarray(headerBytes, headerBytes + (page[headerBytes - 1] ?? 0));
  return segments.reduce((sum, segment) => sum + segment, headerBytes + segments.length);
}

/** @returns undefined where no whole page begins */
export async function readOggPage(reader: BlockReader, position: number): Promise<OggPage | undefined> {
  const header = bufferOf(await reader.read(position, headerBytes + 255));
  if (header.length < headerBytes || !isSignature(header.subarray(0, signature.length))) {
    return undefined;
  }
  const segments = header.subarray(headerBytes, headerBytes + header.readUInt8(26));
  const start = position + headerBytes + header.readUInt8(26);
  const end = position + pageBytes(header);
  const contents = await reader.read(start, end - start);
  if (contents.length < end - start) {
    return undefined;
  }
  return {
    position,
    end,
    serial: header.readUInt32LE(14),
    granule: Number(header.readBigInt64LE(6)),
    isContinued: (header.readUInt8(5) & 1) !== 0,
    isFirst: (header.readUInt8(5) & 2) !== 0,
    isLast: (header.readUInt8(5) & 4) !== 0,
    number: header.readUInt32LE(18),
    packets: [...packetsOf(segments, contents)],
    isOpen: segments.at(-1) === 255,
  };
}

/** A packet goes on behind a segment of 255 bytes, on this page or the next. */
function* packetsOf(segments: Uint8Array, contents: Uint8Array): Generator<Uint8Array> {
  let start = 0;
  let end = 0;
  for (const [i, segment] of segments.entries()) {
    end += segment;
    if (segment < 255 || i === segments.length - 1) {
      yield contents.subarray(start, end);
      start = end;
    }
  }
}

/**
 * @param serial of the stream; undefined for any
 * @returns the first whole page of the stream that begins between two places; undefined when there is none
 */
export async function findOggPage(
  reader: BlockReader,
  serial: number | undefined,
  from: number,
  to: number,
): Promise<OggPage | undefined> {
  for (let at = from; at < to;) {
    // Pages mostly follow each other, and reading one costs less than a search.
    const page = (await readOggPage(reader, at)) ?? (await searchOggPage(reader, at + 1, to));
    if (!page || serial === undefined || page.serial === serial) {
      return page;
    }
    // What is left of a damaged page may look like one of another stream.
    at = isSignature(await reader.read(page.end, signature.length)) ? page.end : page.position + 1;
  }
  return undefined;
}

/** @returns the first whole page of any stream that begins between two places; undefined when there is none */
async function searchOggPage(reader: BlockReader, from: number, to: number): Promise<OggPage | undefined> {
  let start = from;
  while (start < to) {
    const window = bufferOf(await reader.read(start, longestPage));
    for (
      let at = window.indexOf(signature);
      at >= 0 && start + at < to;
      at = window.indexOf(signature, at + 1)
    ) {
      const page = await readOggPage(reader, start + at);
      if (page) {
        return page;
      }
    }
    if (window.length < longestPage) {
      return undefined;
    }
    start += window.length - signature.length + 1;
  }
  return undefined;
}

function isSignature(bytes: Uint8Array): boolean {
  return signature.equals(bytes);
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
