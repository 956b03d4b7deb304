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

  /** The FNV-1a hash (Fowler, Noll, Vo; 32 bits) of the bytes that are not read yet. */
  hashRest(): number {
    let hash = 0x811c9dc5;
    for (const byte of this.bytes.subarray(this.position >>> 3)) {
      hash = Math.imul(hash ^ byte, 0x01000193);
    }
    return hash ^ (hash >>> 15);
  }

  private requireWithinEnd(): void {
    if (this.isPastEnd) {
      throw new AacError('damaged', 'The AAC data ends too early.');
    }
  }
}
