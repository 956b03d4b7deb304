import type { FrameSpan } from './frameSpan';
import type { Frame } from './readFrames';

/** Counts frames, and tells when each begins: what a frame takes is known, where it lies says nothing. */
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

  /** @returns how many frames the bytes that were lost in front of this one had room for */
  lostBefore({ lostBytes }: Pick<Frame, 'lostBytes'>): number {
    return this.count === 0 ? 0 : Math.round((lostBytes * this.count) / this.bytes);
  }

  /** @param lost how many frames were lost in front of it */
  passLost(span: FrameSpan, lost: number): void {
    this.seconds += (lost * span.samples) / span.sampleRate;
  }

  pass(span: FrameSpan): void {
    this.seconds += span.samples / span.sampleRate;
    this.bytes += span.bytes;
    this.count++;
  }
}
