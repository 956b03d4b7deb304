import { BitReader } from '../coding/bitReader';
import { DamagedPacket } from '../coding/damaged';
import { readFrameHeader, type FrameHeader } from '../codecs/flac/frameHeader';
import type { StreamInfo } from '../codecs/flac/streamInfo';
import type { BlockReader } from './blockReader';

/** Where a frame of FLAC lies, and what its header says. RFC 9639, section 9. */
export interface FlacPlace {
  /** Where its first byte lies in the file. */
  readonly position: number;
  /** The number of its first sample. */
  readonly sample: number;
  readonly header: FrameHeader;
}

export interface FlacFrame extends FlacPlace {
  /** The frame, perhaps with other bytes behind it. */
  readonly data: Uint8Array;
  /** How many samples are missing between the frame before and this one. */
  readonly lostSamples: number;
}

/** Where the frames of a file lie, and what the file says of them. */
export interface FlacStream {
  readonly info: StreamInfo;
  readonly start: number;
  readonly end: number;
}

/** The longest header. */
const headerBytes = 16;
/** How many bytes are searched at once. A reader reads more at a time, so none is read twice. */
const windowBytes = 2 ** 12;

/**
 * Reads one frame after the other. A frame does not say how many bytes it has. It ends where the next header begins, which has
 * the next number. Where that header is damaged, the search goes on for two headers whose numbers follow each other.
 *
 * @param from where the search for the first frame begins
 */
export async function* readFlacFrames(
  reader: BlockReader,
  stream: FlacStream,
  from = stream.start,
): AsyncGenerator<FlacFrame> {
  let place = await findFlacFrame(reader, stream, from, stream.end);
  let lostSamples = 0;
  while (place) {
    const next = await frameBehind(reader, stream, place);
    const { position } = place;
    const length = Math.min((next?.position ?? stream.end) - position, longestFrame(stream.info));
    yield { ...place, data: await reader.read(position, length), lostSamples };
    lostSamples = next ? Math.max(0, next.sample - place.sample - place.header.blockSize) : 0;
    place = next;
  }
}

/** @returns a frame that begins between two places and is followed by the next one, or else by the end */
export async function findFlacFrame(
  reader: BlockReader,
  stream: FlacStream,
  from: number,
  to: number,
): Promise<FlacPlace | undefined> {
  const longest = longestFrame(stream.info);
  const pairs = new Pairs(longest);
  let last: FlacPlace | undefined;
  for await (const place of headers(reader, stream, from, Math.min(stream.end, to + longest))) {
    const before = pairs.before(place);
    if (before) {
      return before;
    }
    if (place.position < to) {
      pairs.add(place);
      last ??= stream.end - place.position <= longest ? place : undefined;
    }
  }
  return last;
}

/** @returns the frame with the next number or, where it is lost, a later one that is followed by another */
async function frameBehind(
  reader: BlockReader,
  stream: FlacStream,
  place: FlacPlace,
): Promise<FlacPlace | undefined> {
  const pairs = new Pairs(longestFrame(stream.info));
  pairs.add(place);
  for await (const next of headers(reader, stream, place.position + 1, stream.end)) {
    const before = pairs.before(next);
    if (before) {
      return before === place ? next : before;
    }
    if (next.sample > place.sample) {
      pairs.add(next);
    }
  }
  return undefined;
}

/** Finds frames whose numbers follow each other among all that may be headers, however many these are. */
class Pairs {
  /** By the number that has to follow. */
  private readonly waiting = new Map<number, FlacPlace>();

  /** @param longest how many bytes a frame has at the most */
  constructor(private readonly longest: number) {}

  add(place: FlacPlace): void {
    const wanted = place.sample + place.header.blockSize;
    if (!this.waiting.has(wanted)) {
      this.waiting.set(wanted, place);
    }
  }

  /** @returns the frame that this one follows; undefined where there is none near enough */
  before(place: FlacPlace): FlacPlace | undefined {
    const before = this.waiting.get(place.sample);
    return before && place.position - before.position <= this.longest ? before : undefined;
  }
}

/** @yields all places between two others where a frame of the stream may begin, by its header */
async function* headers(
  reader: BlockReader,
  { info, end }: FlacStream,
  from: number,
  to: number,
): AsyncGenerator<FlacPlace> {
  let start = from;
  while (start < to) {
    const window = await reader.read(start, Math.min(windowBytes, end - start));
    for (let at = window.indexOf(0xff); at >= 0 && start + at < to; at = window.indexOf(0xff, at + 1)) {
      const place = placeAt(window, at, start, info);
      if (place) {
        yield place;
      }
    }
    if (window.length <= headerBytes) {
      return;
    }
    start += window.length - headerBytes;
  }
}

/** @returns undefined where no frame of the stream begins */
function placeAt(window: Uint8Array, at: number, start: number, info: StreamInfo): FlacPlace | undefined {
  if (((window[at + 1] ?? 0) & 0xfe) !== 0xf8) {
    return undefined;
  }
  const bytes = window.subarray(at, at + headerBytes);
  const header = headerOf(bytes, info);
  if (header?.sampleRate !== info.sampleRate || header.channels !== info.channels) {
    return undefined;
  }
  const sample = header.isVariable ? header.number : header.number * info.maxBlockSize;
  return { position: start + at, sample, header };
}

function headerOf(bytes: Uint8Array, info: StreamInfo): FrameHeader | undefined {
  try {
    return readFrameHeader(new BitReader(bytes), bytes, info);
  } catch (thrown) {
    if (thrown instanceof DamagedPacket) {
      return undefined;
    }
    throw thrown;
  }
}

/** As many bytes as uncompressed samples take, one bit more for a side channel, and some for headers and checksums. */
export function longestFrame({ maxBlockSize, channels, bitsPerSample }: StreamInfo): number {
  return Math.ceil((maxBlockSize * channels * (bitsPerSample + 1)) / 8) + 64 * (channels + 1);
}
