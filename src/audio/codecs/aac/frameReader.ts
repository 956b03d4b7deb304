import { BitReader } from '../../coding/bitReader';
import { AacError } from './aacError';

/** Reads the bits of a frame, and nothing past its end: what is not there must not be taken for sound. */
export class FrameReader extends BitReader {
  /** @throws AacError when there are not as many bits */
  override skip(count: number): void {
    super.skip(count);
    this.requireWithinEnd();
  }

  /** @throws AacError when there are not as many bits */
  override read(count: number): number {
    const value = super.read(count);
    this.requireWithinEnd();
    return value;
  }

  private requireWithinEnd(): void {
    if (this.isPastEnd) {
      throw new AacError('damaged', 'The AAC data ends too early.');
    }
  }
}
