import { BitReader } from '../../coding/bitReader';
import { DamagedPacket } from '../../coding/damaged';

/** What the stream's own description says; frames may refer to it instead of saying it themselves. */
export interface StreamInfo {
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
  bits.skip(32 + 16 + 16 + 24 + 24);
  const info = {
    sampleRate: bits.read(20),
    channels: bits.read(3) + 1,
    bitsPerSample: bits.read(5) + 1,
  };
  if (bits.isPastEnd) {
    throw new DamagedPacket('STREAMINFO is cut off');
  }
  return info;
}
