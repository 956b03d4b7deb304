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

/** @returns the first frame that begins between two places and is followed by another, or by the end */
export async function findFlacFrame(
  reader: BlockReader,
  stream: FlacStream,
  from: number,
  to: number,
): Promise<FlacPlace | undefined> {
  return find(reader, stream, from, to, async (place) => {
    const next = await following(reader, stream, place);
    return next !== undefined || stream.end - place.position <= longestFrame(stream.info);
  });
}

async function frameBehind(
  reader: BlockReader,
  stream: FlacStream,
  place: FlacPlace,
): Promise<FlacPlace | undefined> {
  const next = await following(reader, stream, place);
  if (next) {
    return next;
  }
  return find(
    reader,
    stream,
    place.position + headerBytes,
    stream.end,
    async (candidate) =>
      candidate.sample > place.sample && (await following(reader, stream, candidate)) !== undefined,
  );
}

/** @returns the frame with the next number; undefined where there is none near enough */
function following(
  reader: BlockReader,
  stream: FlacStream,
  { position, sample, header }: FlacPlace,
): Promise<FlacPlace | undefined> {
  const to = Math.min(stream.end, position + longestFrame(stream.info));
  const wanted = sample + header.blockSize;
  return find(reader, stream, position + 1, to, (place) => place.sample === wanted);
}

async function find(
  reader: BlockReader,
  { info, end }: FlacStream,
  from: number,
  to: number,
  isWanted: (place: FlacPlace) => boolean | Promise<boolean>,
): Promise<FlacPlace | undefined> {
  let start = from;
  while (start < to) {
    const window = await reader.read(start, Math.min(windowBytes, end - start));
    for (let at = window.indexOf(0xff); at >= 0 && start + at < to; at = window.indexOf(0xff, at + 1)) {
      const place = placeAt(window, at, start, info);
      if (place && (await isWanted(place))) {
        return place;
      }
    }
    if (window.length <= headerBytes) {
      return undefined;
    }
    start += window.length - headerBytes;
  }
  return undefined;
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
