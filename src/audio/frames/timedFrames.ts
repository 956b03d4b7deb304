import { readHeaderFrame } from './headerFrame';
import type { Frame } from './readFrames';

/** A frame of sound with its time; times in seconds. */
export interface TimedFrame {
  /** Empty where a frame was lost. */
  readonly data: Uint8Array;
  readonly timestamp: number;
  readonly duration: number;
}

/** Gives frames their times. Where some are lost, as many empty ones take their place as had room there. */
export async function* timedFrames(frames: AsyncIterable<Frame>): AsyncGenerator<TimedFrame> {
  let count = 0;
  let bytes = 0;
  let seconds = 0;
  for await (const { span, data, lostBytes } of frames) {
    const duration = span.samples / span.sampleRate;
    const lost = count === 0 ? 0 : Math.round((lostBytes * count) / bytes);
    for (let i = 0; i < lost; i++) {
      yield { data: new Uint8Array(0), timestamp: seconds, duration };
      seconds += duration;
    }
    // Files that were glued together have some in the middle, too.
    if (readHeaderFrame(data)) {
      continue;
    }
    yield { data, timestamp: seconds, duration };
    seconds += duration;
    bytes += span.bytes;
    count++;
  }
}
