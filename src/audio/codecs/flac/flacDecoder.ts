import { BitReader } from '../../coding/bitReader';
import { DamagedPacket } from '../../coding/damaged';
import type { PacketDecoder } from '../../coding/packetDecoder';
import { crc16 } from './crc';
import { readFrameHeader, type FrameHeader } from './frameHeader';
import type { StreamInfo } from './streamInfo';
import { readSubframe } from './subframe';

/** Decodes FLAC, a frame at a time. RFC 9639. */
export class FlacDecoder implements PacketDecoder {
  readonly sampleRate: number;
  readonly channels: number;
  readonly grain: number;
  readonly settlingPackets = 0;

  constructor(private readonly info: StreamInfo) {
    this.sampleRate = info.sampleRate;
    this.channels = info.channels;
    this.grain = info.minBlockSize === info.maxBlockSize ? Math.max(1, info.maxBlockSize) : 1;
  }

  decode(frame: Uint8Array): Float32Array[] {
    const bits = new BitReader(frame);
    const header = readFrameHeader(bits, frame, this.info);
    if (header.sampleRate !== this.sampleRate || header.channels !== this.channels) {
      throw new DamagedPacket('the format changes');
    }
    const channels = Array.from({ length: header.channels }, (_, channel) =>
      readSubframe(bits, header.blockSize, header.bitsPerSample + (isSide(header, channel) ? 1 : 0)),
    );
    bits.alignToByte();
    const end = bits.position / 8;
    // A container may leave something behind the frame, so the checksum is where the samples end, not at the end of the packet.
    if (bits.length < bits.position + 16 || crc16(frame.subarray(0, end)) !== bits.read(16)) {
      throw new DamagedPacket('the checksum is wrong');
    }
    undoStereo(header, channels);
    return channels.map((samples) => toFloat(samples, header.bitsPerSample));
  }

  skip(frame: Uint8Array): number {
    return readFrameHeader(new BitReader(frame), frame, this.info).blockSize;
  }

  forget(): void {
    // No frame depends on another.
  }

  close(): void {
    // Nothing is held.
  }
}

function isSide({ stereo }: FrameHeader, channel: number): boolean {
  return stereo === 'rightSide' ? channel === 0 : stereo !== 'independent' && channel === 1;
}

/** Section 4.2: one channel may be kept as its difference from the other. */
function undoStereo({ stereo, blockSize }: FrameHeader, [first, second]: readonly Float64Array[]): void {
  if (stereo === 'independent' || !first || !second) {
    return;
  }
  for (let i = 0; i < blockSize; i++) {
    const a = first[i] ?? 0;
    const b = second[i] ?? 0;
    if (stereo === 'leftSide') {
      second[i] = a - b;
    } else if (stereo === 'rightSide') {
      first[i] = a + b;
    } else {
      // The mid channel lost its lowest bit, which is that of the side channel.
      const sum = 2 * a + Math.abs(b % 2);
      first[i] = (sum + b) / 2;
      second[i] = (sum - b) / 2;
    }
  }
}

function toFloat(samples: Float64Array, bitsPerSample: number): Float32Array {
  const scale = 2 ** (1 - bitsPerSample);
  const floats = new Float32Array(samples);
  for (let i = 0; i < floats.length; i++) {
    floats[i] = (floats[i] ?? 0) * scale;
  }
  return floats;
}
