import type { BlockReader } from './blockReader';
import { headerBytes, longestFrame, readSpan, type FrameSpan } from './frameSpan';
import { skipTags } from './tags';

/** Where a frame lies. */
export interface Place {
  /** Of its first byte in the file. */
  readonly position: number;
  readonly span: FrameSpan;
}

/** A frame in a file of frames, tags, and perhaps damage. */
export interface Frame extends Place {
  readonly data: Uint8Array;
  /** How many bytes lie between the frame before and this one, apart from tags: what is left of damaged frames. */
  readonly lostBytes: number;
}

/** How many bytes are searched at once. A reader reads more at a time, so hardly any are read twice. */
const windowBytes = 2 ** 12;

/**
 * Finds one frame after the other. At the place where a frame should begin, one header that fits the frame before is enough. If
 * it is missing there, the search goes on for two headers in a row that fit each other.
 *
 * @param start where the first frame should begin
 * @param end of what can be frames
 * @param maxBefore how many other bytes there may be before the first frame
 * @param before the frame that ends at `start`, to go on behind it
 */
export async function* readFrames(
  reader: BlockReader,
  start: number,
  end: number,
  maxBefore = 0,
  before?: Place,
): AsyncGenerator<Frame> {
  let last = before;
  let expected = start;
  while (expected < end) {
    const next = await skipTags(reader, expected);
    // If the length is damaged, or the frame cut short, the next one may begin inside it.
    const from = last && next === expected ? last.position + headerBytes : next;
    const place =
      (await placeAt(reader, next, end, last?.span.stream)) ??
      (await search(reader, from, last ? end : next + maxBefore + 1, end));
    if (!place) {
      return;
    }
    const { position, span } = place;
    const data = await reader.read(position, span.bytes);
    yield { position, span, data, lostBytes: last ? Math.max(0, position - next) : 0 };
    last = place;
    expected = position + span.bytes;
  }
}

/** @returns undefined where no frame of the stream begins that is all there */
async function placeAt(
  reader: BlockReader,
  position: number,
  end: number,
  stream: string | undefined,
): Promise<Place | undefined> {
  const span = readSpan(await reader.read(position, headerBytes));
  return span?.stream === stream && span && position + span.bytes <= end ? { position, span } : undefined;
}

/** @returns the first place from `start`, and before `limit`, where a frame begins that another one follows */
async function search(
  reader: BlockReader,
  start: number,
  limit: number,
  end: number,
): Promise<Place | undefined> {
  for (let from = start; from < limit; from += windowBytes) {
    const to = Math.min(windowBytes, limit - from);
    // With the header of the frame that follows a last one in these bytes.
    const window = await reader.read(from, to + longestFrame + headerBytes);
    for (let i = window.indexOf(0xff); i >= 0 && i < to; i = window.indexOf(0xff, i + 1)) {
      const span = readSpan(window.subarray(i, i + headerBytes));
      if (span && isFollowed(window, i, span, end - from)) {
        return { position: from + i, span };
      }
    }
  }
  return undefined;
}

/** Whether another frame follows the one that begins at a place, or the end. */
function isFollowed(
  bytes: Uint8Array,
  at: number,
  { bytes: length, stream }: FrameSpan,
  end: number,
): boolean {
  const next = at + length;
  return next < end ? readSpan(bytes.subarray(next, next + headerBytes))?.stream === stream : next === end;
}
