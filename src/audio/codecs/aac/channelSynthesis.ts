import type { ChannelStream } from './channelStream';
import type { FilterBank } from './filterBank';
import type { WindowShape } from './icsInfo';

/** The coefficients are in the range of 16-bit samples. */
const fullScale = 32_768;

/** Turns the spectra of one channel into samples, each frame overlapping the next. */
export class ChannelSynthesis {
  private overlap: Float32Array;
  private previousShape: WindowShape = 'sine';

  constructor(private readonly filterBank: FilterBank) {
    this.overlap = new Float32Array(filterBank.size);
  }

  /** @returns the samples that are now complete */
  synthesise({ info, spectrum }: ChannelStream): Float32Array {
    const { size } = this.filterBank;
    const { windowSequence, windowShape } = info;
    const windowed = this.filterBank.transform(spectrum, windowSequence, windowShape, this.previousShape);
    this.previousShape = windowShape;
    const samples = this.overlap;
    this.overlap = new Float32Array(size);
    for (let n = 0; n < size; n++) {
      samples[n] = (samples[n] ?? 0) + (windowed[n] ?? 0) / fullScale;
      this.overlap[n] = (windowed[size + n] ?? 0) / fullScale;
    }
    return samples;
  }

  /** @returns the samples that are now complete when a frame has nothing for the channel */
  synthesiseSilence(): Float32Array {
    const samples = this.overlap;
    this.overlap = new Float32Array(this.filterBank.size);
    return samples;
  }
}
