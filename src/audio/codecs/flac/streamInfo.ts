import { BitReader } from '../../coding/bitReader';
import { DamagedPacket } from '../../coding/damaged';

/** What the stream's own description says. */
export interface StreamInfo extends SampleFormat {
  /** Of a frame, in samples of each channel. Where the two are the same, only the last frame may be shorter. */
  readonly minBlockSize: number;
  readonly maxBlockSize: number;
  /** 0 where it is not known. */
  readonly totalSamples: number;
}

/** What frames may say themselves, or leave to the description of the stream. */
export interface SampleFormat {
  readonly sampleRate: number;
  readonly channels: number;
  readonly bitsPerSample: number;
}

/**
 * Reads a `fLaC` marker followed by a STREAMINFO block, as containers keep it. RFC 9639, section 8.2.
 *
 * @throws DamagedPacket
 */
export function readStreamInfo(description: Uint8Array): StreamInfo {
  const bits = new BitReader(description);
  if (bits.read(32) !== 0x664c6143) {
    throw new DamagedPacket('no fLaC marker');
  }
  bits.skip(32);
  const [minBlockSize, maxBlockSize] = [bits.read(16), bits.read(16)];
  bits.skip(24 + 24);
  const info = {
    minBlockSize,
    maxBlockSize,
    sampleRate: bits.read(20),
    channels: bits.read(3) + 1,
    bitsPerSample: bits.read(5) + 1,
    totalSamples: bits.read(36),
  };
  if (bits.isPastEnd) {
    throw new DamagedPacket('STREAMINFO is cut off');
  }
  return info;
}
