import type { BlockReader } from './blockReader';
import { findOggPage, readOggPage, type OggPage } from './oggPages';

/** One of several recordings of the same kind that were joined in an Ogg file. RFC 3533, section 4. */
export interface OggLink {
  readonly serial: number;
  /** Where its pages begin in the file, and where they end. */
  readonly from: number;
  readonly to: number;
}

/** A radio station may begin a link with each piece. */
const maxLinks = 1000;
/** Headers are on the first pages. */
const maxHeaderPages = 64;
const shortBytes = 2 ** 16;

/**
 * Finds the recordings that follow each other in an Ogg file, up to the first whose headers differ, which a decoder of the others
 * could not read.
 *
 * @param serial of the sound of the first one
 * @param headerPackets how many of them make up the headers
 */
export async function oggLinks(
  reader: BlockReader,
  size: number,
  serial: number,
  headerPackets: number,
): Promise<readonly OggLink[]> {
  const headers = await headersOf(reader, serial, 0, size, headerPackets);
  const links: OggLink[] = [{ serial, from: 0, to: (await linkAt(reader, 0, size))?.to ?? size }];
  while (links.length < maxLinks) {
    const next = await linkLike(reader, links.at(-1)?.to ?? size, size, headers);
    if (!next) {
      break;
    }
    links.push(next);
  }
  return links;
}

/** @returns the link that begins at a place, if it has a stream with those headers */
async function linkLike(
  reader: BlockReader,
  from: number,
  size: number,
  headers: readonly Buffer[],
): Promise<OggLink | undefined> {
  const link = from < size ? await linkAt(reader, from, size) : undefined;
  const serial = link && (await likeOf(reader, link.serials, from, size, headers));
  return serial === undefined ? undefined : { serial, from, to: link?.to ?? size };
}

/** @returns the first of some streams that has those headers */
async function likeOf(
  reader: BlockReader,
  serials: readonly number[],
  from: number,
  size: number,
  headers: readonly Buffer[],
): Promise<number | undefined> {
  for (const serial of serials) {
    const own = await headersOf(reader, serial, from, size, headers.length);
    if (own.length === headers.length && own.every((packet, i) => isAlike(packet, headers[i], i))) {
      return serial;
    }
  }
  return undefined;
}

/** Whether two headers describe the same codec; the second is a comment. */
function isAlike(packet: Buffer, other: Buffer | undefined, number: number): boolean {
  return number === 1 || other?.equals(packet) === true;
}

/** The first packets of a stream. */
async function headersOf(
  reader: BlockReader,
  serial: number,
  from: number,
  size: number,
  count: number,
): Promise<readonly Buffer[]> {
  const packets: Buffer[] = [];
  let parts: Uint8Array[] = [];
  let page = await findOggPage(reader, serial, from, size);
  for (let pages = 0; page && packets.length < count && pages < maxHeaderPages; pages++) {
    const { isOpen, packets: found, end }: OggPage = page;
    for (const [i, part] of found.entries()) {
      parts.push(part);
      if (i < found.length - 1 || !isOpen) {
        packets.push(Buffer.concat(parts));
        parts = [];
      }
    }
    page = await findOggPage(reader, serial, end, size);
  }
  return packets.slice(0, count);
}

/** @returns the streams that begin at a place, and where the last page of any of them ends; undefined where none begins */
async function linkAt(
  reader: BlockReader,
  from: number,
  size: number,
): Promise<{ readonly serials: readonly number[]; readonly to: number } | undefined> {
  const serials: number[] = [];
  let page = await findOggPage(reader, undefined, from, size);
  let low = from;
  while (page?.isFirst) {
    serials.push(page.serial);
    low = page.end;
    page = await readOggPage(reader, page.end);
  }
  if (serials.length === 0) {
    return undefined;
  }
  let high = size;
  while (high - low > shortBytes) {
    const middle = Math.floor((low + high) / 2);
    const next = await findOggPage(reader, undefined, middle, high);
    if (next && serials.includes(next.serial)) {
      low = next.end;
    } else {
      high = middle;
    }
  }
  return { serials, to: await endBehind(reader, serials, low, size) };
}

/** @returns where the first page of another stream begins behind a place; the end of the file where there is none */
async function endBehind(
  reader: BlockReader,
  serials: readonly number[],
  from: number,
  size: number,
): Promise<number> {
  let page = await findOggPage(reader, undefined, from, size);
  while (page && serials.includes(page.serial)) {
    page = await findOggPage(reader, undefined, page.end, size);
  }
  return page?.position ?? size;
}
