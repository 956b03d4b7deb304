import { parseFrameHeader } from '../codecs/mp3/frameHeader';
import type { BlockReader } from './blockReader';
import { FrameClock } from './frameClock';
import { readFrames, type Frame } from './readFrames';

/** MPEG audio at one bit rate, of which the number of a frame tells where it lies, and the other way round. */
export interface SteadyFrames {
  /** Of the first frame with sound. */
  readonly start: number;
  readonly bytesPerFrame: number;
  readonly secondsPerFrame: number;
  readonly bitRate: number;
  readonly stream: string;
}

/** A frame and its time. */
export interface TimedFrame {
  readonly position: number;
  readonly clock: FrameClock;
}

/** Places all over the file where frames are looked at. */
const probes = 16;
/**
 * Encoders lengthen some frames by a byte to hold the mean, so frames are off by no more than that; where files were joined, it
 * adds up.
 */
const mostAside = 8;
/** Between the last frame that is looked for and the end: a frame is known by those behind it. */
const framesForSure = 4;
/** Around a place, in which frames are looked for: some of the longest. */
const searchBytes = 2 ** 14;

/**
 * Finds out whether frames lie as evenly as their bit rate says, by looking at some all over the file. Where a frame was added
 * or taken out in between, all frames behind it lie elsewhere, unless it was as long as the others.
 *
 * @param beginning the first frames with sound
 * @param end of what can be frames
 * @returns undefined where they do not, or it is not known
 */
export async function steadyFrames(
  reader: BlockReader,
  beginning: readonly Frame[],
  end: number,
): Promise<SteadyFrames | undefined> {
  const [first] = beginning;
  const header = first && parseFrameHeader(first.data);
  if (first?.span.codec !== 'mp3' || !header?.bitRate) {
    return undefined;
  }
  const secondsPerFrame = header.samples / header.sampleRate;
  const frames: SteadyFrames = {
    start: first.position,
    bytesPerFrame: (secondsPerFrame * header.bitRate) / 8,
    secondsPerFrame,
    bitRate: header.bitRate,
    stream: first.span.stream,
  };
  if (!beginning.every((frame) => clockAt(frames, frame))) {
    return undefined;
  }
  for (let probe = 1; probe <= probes; probe++) {
    const seconds = (secondsPerFrame * (end - first.position) * probe) / (probes + 1) / frames.bytesPerFrame;
    if (!(await findSteadyFrame(reader, frames, seconds, end))) {
      return undefined;
    }
  }
  return frames;
}

/**
 * @returns the frame with sound at that second, or an earlier one where that is lost or lies behind the end; undefined where
 *   frames do not lie evenly
 */
export async function findSteadyFrame(
  reader: BlockReader,
  frames: SteadyFrames,
  seconds: number,
  end: number,
): Promise<TimedFrame | undefined> {
  const { start, bytesPerFrame, secondsPerFrame } = frames;
  const last = (end - start) / bytesPerFrame - framesForSure;
  let number = Math.max(0, Math.floor(Math.min(seconds / secondsPerFrame, last)));
  for (let back = 1; ; back *= 2) {
    const found = await frameAt(reader, frames, number, end);
    if (!found || found.clock.seconds <= seconds || number === 0) {
      return found;
    }
    number = Math.max(0, number - back);
  }
}

/** @returns the frame of that number, or the next one that is there; undefined where frames do not lie evenly */
async function frameAt(
  reader: BlockReader,
  frames: SteadyFrames,
  number: number,
  end: number,
): Promise<TimedFrame | undefined> {
  const from = frames.start + Math.floor(number * frames.bytesPerFrame) - mostAside;
  for await (const frame of readFrames(reader, Math.max(frames.start, from), end, searchBytes)) {
    const clock = clockAt(frames, frame);
    return clock && { position: frame.position, clock };
  }
  return undefined;
}

/** @returns undefined where the frame is none of these */
function clockAt(frames: SteadyFrames, { position, span, data }: Frame): FrameClock | undefined {
  const { start, bytesPerFrame, secondsPerFrame, bitRate, stream } = frames;
  const number = Math.round((position - start) / bytesPerFrame);
  const aside = Math.abs(position - start - number * bytesPerFrame);
  if (
    span.stream !== stream ||
    parseFrameHeader(data)?.bitRate !== bitRate ||
    aside > Math.min(mostAside, bytesPerFrame / 8)
  ) {
    return undefined;
  }
  return new FrameClock(number, Math.round(number * bytesPerFrame), number * secondsPerFrame);
}
