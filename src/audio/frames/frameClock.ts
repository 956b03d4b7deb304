import type { FrameSpan } from './frameSpan';
import type { Frame } from './readFrames';

/** Counts frames and adds up their lengths, so as to tell when each begins. */
export class FrameClock {
  constructor(
    private count = 0,
    private bytes = 0,
    /** When the next frame begins. */
    public seconds = 0,
  ) {}

  copy(): FrameClock {
    return new FrameClock(this.count, this.bytes, this.seconds);
  }

  /** @returns how many frames fit into the bytes that were lost before this one */
  lostBefore({ lostBytes }: Pick<Frame, 'lostBytes'>): number {
    return this.count === 0 ? 0 : Math.round((lostBytes * this.count) / this.bytes);
  }

  /** @param lost how many frames were lost before this one */
  passLost(span: FrameSpan, lost: number): void {
    this.seconds += (lost * span.samples) / span.sampleRate;
  }

  pass(span: FrameSpan): void {
    this.seconds += span.samples / span.sampleRate;
    this.bytes += span.bytes;
    this.count++;
  }
}
