import type { FileHandle } from 'node:fs/promises';
import type { InputAudioTrack } from 'mediabunny';
import { codecName } from '../codecs/codecName';
import type { CodedSound } from '../codecs/codedSound';
import { openMeasure, type Measure } from '../codecs/measure';
import { bisect } from '../frames/bisect';
import { BlockReader } from '../frames/blockReader';
import { oggLinks } from '../frames/oggLinks';
import { findOggPage, type OggPage } from '../frames/oggPages';
import { unsupported } from '../sound/soundFailures';
import { leadOf } from './container';

/** A stream of packets in an Ogg file. Its times are in granules, of which there are as many in a second as the codec says. */
interface OggStream {
  readonly file: FileHandle;
  /** Where its pages begin and end. */
  readonly from: number;
  readonly size: number;
  readonly serial: number;
  /** Packets before those with sound. */
  readonly headerPackets: number;
  readonly newMeasure: () => Measure;
}

/** A packet and its time. */
interface OggPacket {
  readonly data: Uint8Array;
  readonly start: number;
  readonly length: number;
}

/** A packet and its time in the sound, both in seconds. */
interface TimedPacket {
  readonly data: Uint8Array;
  readonly timestamp: number;
  readonly duration: number;
}

/** One of the recordings that follow each other in the file. Times are in seconds. */
interface Link {
  readonly stream: OggStream;
  /** When its first packet begins by its own clock, in granules: one that was cut out of another may begin later, and even before 0. */
  readonly origin: number;
  /** When its sound begins in the file, and when it ends. */
  readonly start: number;
  readonly end: number | undefined;
}

/** The last page is searched for in so much of the end of the file, then in more. */
const tails = [2 ** 17, 2 ** 20, 2 ** 24, Infinity];

/** The sound track of an Ogg file. Each page tells when its last packet ends, so a search finds the page of a second. */
export class OggTrack {
  private constructor(
    private readonly links: readonly Link[],
    private readonly rate: number,
    /** How much of what is decoded is not heard, in seconds. */
    private readonly lead: number,
  ) {}

  /**
   * @param track as mediabunny found it
   * @param size of the file, in bytes
   * @throws AudioError when the codec is not one of those that are decoded here
   */
  static async open(
    track: InputAudioTrack,
    sound: CodedSound,
    file: FileHandle,
    size: number,
  ): Promise<OggTrack> {
    const newMeasure = (): Measure => {
      const measure = openMeasure(sound);
      if (!measure) {
        throw unsupported(codecName(sound.codec));
      }
      return measure;
    };
    const headerPackets = sound.codec === 'opus' ? 2 : 3;
    const found = await oggLinks(BlockReader.of(file), size, track.id, headerPackets);
    const { rate } = newMeasure();
    const lead = leadOf(sound);
    const links: Link[] = [];
    for (const { serial, from, to } of found) {
      const start: number | undefined = links.length === 0 ? 0 : links.at(-1)?.end;
      if (start === undefined) {
        break;
      }
      const stream: OggStream = { file, from, size: to, serial, headerPackets, newMeasure };
      const origin = await firstStart(stream);
      const last = await lastEnd(stream);
      links.push({
        stream,
        origin,
        start,
        end: last === undefined ? undefined : start + (last - origin) / rate - lead,
      });
    }
    return new OggTrack(links, rate, lead);
  }

  /** @param from a second of the sound at or before which the first packet begins; undefined for the beginning */
  async *packets(from: number | undefined): AsyncGenerator<TimedPacket> {
    const { links, rate, lead } = this;
    for (const { stream, origin, start: begin, end } of links) {
      if (from !== undefined && end !== undefined && from >= end && stream !== links.at(-1)?.stream) {
        continue;
      }
      const isInside = from !== undefined && from > begin;
      const granule = isInside ? (from - begin + lead) * rate + origin : undefined;
      for await (const { data, start, length } of oggPackets(stream, granule)) {
        yield { data, timestamp: begin + (start - origin) / rate - lead, duration: length / rate };
      }
    }
  }

  /** How long the sound is, in seconds, as the last page and its packets say; undefined where there is none. */
  get seconds(): number | undefined {
    return this.links.at(-1)?.end;
  }
}

/** When the last packet ends, in granules. The last page may say less, since an encoder fills up its last packet, but not more. */
async function lastEnd(stream: OggStream): Promise<number | undefined> {
  const { file, serial, from: begin, size } = stream;
  for (const tail of tails) {
    const reader = BlockReader.of(file);
    const from = Math.max(begin, size - tail);
    const dated: OggPage[] = [];
    let page = await findOggPage(reader, serial, from, size);
    while (page) {
      // On some pages no packet ends; those of headers have 0.
      if (page.granule > 0) {
        dated.push(page);
      }
      page = await findOggPage(reader, serial, page.end, size);
    }
    const last = dated.at(-1);
    // Packets of the page before tell when the last page begins, and how long its first packet is.
    const before = dated.at(-3);
    if (last && (before ?? from === begin)) {
      return dated.length > 1 ? Math.min(last.granule, await packetsEnd(stream, before)) : last.granule;
    }
  }
  return undefined;
}

/** @param before a page; undefined for the beginning */
async function packetsEnd(stream: OggStream, before: OggPage | undefined): Promise<number> {
  let end = Infinity;
  for await (const { start, length } of packetsBehind(stream, before)) {
    end = start + length;
  }
  return end;
}

async function firstStart(stream: OggStream): Promise<number> {
  for await (const { start } of oggPackets(stream, undefined)) {
    return start;
  }
  return 0;
}

/** @param from a time at or before which the first packet begins; undefined for the beginning */
async function* oggPackets(stream: OggStream, from: number | undefined): AsyncGenerator<OggPacket> {
  const reader = BlockReader.of(stream.file);
  yield* packetsBehind(stream, from === undefined ? undefined : await pageBefore(reader, stream, from));
}

/** @param before the page in front of the first of them; undefined for the beginning */
async function* packetsBehind(stream: OggStream, before: OggPage | undefined): AsyncGenerator<OggPacket> {
  const joiner = new PacketJoiner(before ? 0 : stream.headerPackets, before);
  const clock = new PageClock(stream.newMeasure(), before);
  for await (const page of pages(BlockReader.of(stream.file), stream, before?.end ?? stream.from)) {
    const { packets, isBroken } = joiner.packetsOf(page);
    yield* clock.time(packets, page, isBroken);
  }
}

/** @returns a page with sound that ends at or before that time; undefined when none is far enough from the beginning */
async function pageBefore(
  reader: BlockReader,
  { serial, from: begin, size }: OggStream,
  granule: number,
): Promise<OggPage | undefined> {
  const next = async (from: number, to: number) => {
    let page = await findOggPage(reader, serial, from, to);
    // Pages of headers have 0, and pages on which no packet ends -1.
    while (page && page.granule <= 0) {
      page = await findOggPage(reader, serial, page.end, to);
    }
    return page && { page, position: page.position, time: page.granule };
  };
  return (await bisect(next, granule, begin, size))?.page;
}

/** Goes on with the next page of the stream that is there; ends behind the last. */
async function* pages(
  reader: BlockReader,
  { serial, size }: OggStream,
  from: number,
): AsyncGenerator<OggPage> {
  let page = await findOggPage(reader, serial, from, size);
  while (page) {
    yield page;
    page = page.isLast ? undefined : await findOggPage(reader, serial, page.end, size);
  }
}

/** Puts packets together whose parts lie on several pages. */
class PacketJoiner {
  private readonly parts: Uint8Array[];
  private number: number | undefined;

  /**
   * @param headersLeft how many packets without sound come first
   * @param before the page in front of the first
   */
  constructor(
    private headersLeft: number,
    before: OggPage | undefined,
  ) {
    this.number = before?.number;
    this.parts = before?.isOpen ? before.packets.slice(-1) : [];
  }

  /** @returns the packets with sound that end on the page, and whether pages are missing in front of it */
  packetsOf(page: OggPage): { readonly packets: readonly Uint8Array[]; readonly isBroken: boolean } {
    const isBroken = this.number !== undefined && page.number !== this.number + 1;
    this.number = page.number;
    if (isBroken || !page.isContinued) {
      this.parts.length = 0;
    }
    const packets: Uint8Array[] = [];
    const isOrphan = page.isContinued && this.parts.length === 0;
    for (const [i, part] of page.packets.entries()) {
      this.parts.push(part);
      if (i < page.packets.length - 1 || !page.isOpen) {
        const packet = Buffer.concat(this.parts.splice(0));
        if (!(i === 0 && isOrphan)) {
          packets.push(packet);
        }
      }
    }
    const headers = packets.splice(0, this.headersLeft);
    this.headersLeft -= headers.length;
    return { packets: packets.filter(({ length }) => length > 0), isBroken };
  }
}

/** Tells when packets begin: where the page before has ended, or, where that is not known, counting back from the end of theirs. */
class PageClock {
  private next: number | undefined;
  /** Whether the lengths of packets may depend on one that is not known. */
  private isFresh = true;

  constructor(
    private readonly measure: Measure,
    before: OggPage | undefined,
  ) {
    this.next = before?.granule;
  }

  /** @param isBroken whether pages are missing in front of this one */
  *time(packets: readonly Uint8Array[], page: OggPage, isBroken: boolean): Generator<OggPacket> {
    if (packets.length === 0) {
      return;
    }
    const measured = packets.map((data) => ({ data, length: this.measure.length(data) }));
    const sum = measured.reduce((total, { length }) => total + length, 0);
    let start = this.startOf(page, sum, isBroken || this.isFresh);
    for (const { data, length } of measured) {
      yield { data, start, length };
      start += length;
    }
    this.isFresh = false;
    this.next = page.granule >= 0 ? page.granule : start;
  }

  private startOf(page: OggPage, length: number, isUncertain: boolean): number {
    // The last page may end earlier than its packets.
    const canCountBack = page.granule >= 0 && !page.isLast;
    return isUncertain && canCountBack ? page.granule - length : (this.next ?? 0);
  }
}
