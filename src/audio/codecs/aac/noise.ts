import type { ChannelPair } from './channelPair';
import type { ChannelStream } from './channelStream';
import { forEachSpan } from './icsInfo';
import { noiseBook } from './sections';

/** Fills the bands of which only the energy is coded (perceptual noise substitution: ISO/IEC 14496-3, 4.6.13). */
export class NoiseSource {
  private state = 1;

  /**
   * Begins the noise of a frame. The noise depends on that frame only, so a recording decodes to the same samples each time,
   * wherever decoding starts.
   *
   * @param seed a whole number; it should differ from frame to frame
   */
  startFrame(seed: number): void {
    this.state = seed | 0;
  }

  fill({ info, books, scales, spectrum }: ChannelStream): void {
    forEachSpan(info, (band, start, end) => {
      if (books[band] !== noiseBook) {
        return;
      }
      let energy = 0;
      for (let k = start; k < end; k++) {
        const value = this.next();
        spectrum[k] = value;
        energy += value * value;
      }
      const scale = (scales[band] ?? 0) / Math.sqrt(energy);
      for (let k = start; k < end; k++) {
        spectrum[k] = (spectrum[k] ?? 0) * scale;
      }
    });
  }

  /** Where middle and side are signalled for a band of noise, both channels have the same noise. */
  fillPair({ left, right, midSide }: ChannelPair): void {
    this.fill(left);
    this.fill(right);
    forEachSpan(right.info, (band, start, end) => {
      const isNoise = left.books[band] === noiseBook && right.books[band] === noiseBook;
      if (!isNoise || midSide?.used[band] !== 1) {
        return;
      }
      const ratio = (right.scales[band] ?? 0) / (left.scales[band] ?? 1);
      for (let k = start; k < end; k++) {
        right.spectrum[k] = (left.spectrum[k] ?? 0) * ratio;
      }
    });
  }

  /** A linear congruential generator. */
  private next(): number {
    this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) | 0;
    return this.state / 2 ** 31;
  }
}
