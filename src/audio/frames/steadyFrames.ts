import { parseFrameHeader } from '../codecs/mp3/frameHeader';
import type { BlockReader } from './blockReader';
import { FrameClock } from './frameClock';
import { readFrames, type Frame } from './readFrames';

/** MPEG audio at one bit rate: the number of a frame follows from its place in the file, and its place from its number. */
export interface SteadyFrames {
  /** Where the first frame with sound begins in the file. */
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

/** How many places all over the file are checked. */
const probes = 16;
/**
 * Encoders lengthen some frames by a byte to keep the mean, so a frame may lie one byte off. Where several files were joined,
 * such bytes add up.
 */
const maxAside = 8;
/** The search stays this many frames away from the end, since only the frames behind a place prove that it is one. */
const framesForSure = 4;
/** How far from its place a frame may be found: some frames of the longest kind. */
const searchBytes = 2 ** 14;

/**
 * Checks in some places of a file whether all its frames have one bit rate and lie where their numbers say. One frame of another
 * length in between moves all frames behind it, which the check notices.
 *
 * @param beginning the first frames with sound
 * @param end where the frames end in the file
 * @returns undefined where they do not
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
 * @returns the frame of that second, or an earlier one where it is lost or would lie behind the end; undefined where frames do
 *   not lie where their numbers say
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

/** @returns the frame of that number or, where it is lost, the next one; undefined where it does not lie where its number says */
async function frameAt(
  reader: BlockReader,
  frames: SteadyFrames,
  number: number,
  end: number,
): Promise<TimedFrame | undefined> {
  const from = frames.start + Math.floor(number * frames.bytesPerFrame) - maxAside;
  for await (const frame of readFrames(reader, Math.max(frames.start, from), end, searchBytes)) {
    const clock = clockAt(frames, frame);
    return clock && { position: frame.position, clock };
  }
  return undefined;
}

/** @returns undefined where the frame does not lie where a number says, or has another bit rate */
function clockAt(frames: SteadyFrames, { position, span, data }: Frame): FrameClock | undefined {
  const { start, bytesPerFrame, secondsPerFrame, bitRate, stream } = frames;
  const number = Math.round((position - start) / bytesPerFrame);
  const aside = Math.abs(position - start - number * bytesPerFrame);
  if (
    span.stream !== stream ||
    parseFrameHeader(data)?.bitRate !== bitRate ||
    aside > Math.min(maxAside, bytesPerFrame / 8)
  ) {
    return undefined;
  }
  return new FrameClock(number, Math.round(number * bytesPerFrame), number * secondsPerFrame);
}
