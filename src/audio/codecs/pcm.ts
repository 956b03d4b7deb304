import type { PacketDecoder } from '../coding/packetDecoder';

/** How one uncompressed sample is written. */
export interface PcmFormat {
  readonly bytes: number;
  readonly read: (view: DataView, offset: number) => number;
}

const unsigned8: PcmFormat = { bytes: 1, read: (view, at) => (view.getUint8(at) - 128) / 128 };
const signed8: PcmFormat = { bytes: 1, read: (view, at) => view.getInt8(at) / 128 };
const aLaw: PcmFormat = { bytes: 1, read: (view, at) => fromALaw(view.getUint8(at)) };
const muLaw: PcmFormat = { bytes: 1, read: (view, at) => fromMuLaw(view.getUint8(at)) };
const signed16 = (little: boolean): PcmFormat => ({
  bytes: 2,
  read: (view, at) => view.getInt16(at, little) / 2 ** 15,
});
const signed24 = (little: boolean): PcmFormat => ({
  bytes: 3,
  read: (view, at) =>
    ((view.getInt8(little ? at + 2 : at) << 16) |
      (view.getUint8(at + 1) << 8) |
      view.getUint8(little ? at : at + 2)) /
    2 ** 23,
});
const signed32 = (little: boolean): PcmFormat => ({
  bytes: 4,
  read: (view, at) => view.getInt32(at, little) / 2 ** 31,
});
const float32 = (little: boolean): PcmFormat => ({
  bytes: 4,
  read: (view, at) => sane(view.getFloat32(at, little)),
});
const float64 = (little: boolean): PcmFormat => ({
  bytes: 8,
  read: (view, at) => sane(view.getFloat64(at, little)),
});

/** By the names that mediabunny has for them. */
export const pcmFormats: Readonly<Partial<Record<string, PcmFormat>>> = {
  'pcm-u8': unsigned8,
  'pcm-s8': signed8,
  'pcm-s16': signed16(true),
  'pcm-s16be': signed16(false),
  'pcm-s24': signed24(true),
  'pcm-s24be': signed24(false),
  'pcm-s32': signed32(true),
  'pcm-s32be': signed32(false),
  'pcm-f32': float32(true),
  'pcm-f32be': float32(false),
  'pcm-f64': float64(true),
  'pcm-f64be': float64(false),
  alaw: aLaw,
  ulaw: muLaw,
};

/** Takes uncompressed sound apart into its channels. What is left over of the last samples is dropped. */
export class PcmDecoder implements PacketDecoder {
  readonly settlingPackets = 0;

  /** @param grain see `PacketDecoder` */
  constructor(
    private readonly format: PcmFormat,
    readonly sampleRate: number,
    readonly channels: number,
    readonly grain = 1,
  ) {}

  skip(packet: Uint8Array): number {
    return Math.floor(packet.length / (this.format.bytes * this.channels));
  }

  decode(packet: Uint8Array): Float32Array[] {
    const { bytes, read } = this.format;
    const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
    const step = bytes * this.channels;
    const length = Math.floor(packet.length / step);
    return Array.from({ length: this.channels }, (_, channel) => {
      const samples = new Float32Array(length);
      for (let i = 0; i < length; i++) {
        samples[i] = read(view, i * step + channel * bytes);
      }
      return samples;
    });
  }

  forget(): void {
    // No packet depends on another.
  }

  close(): void {
    // Nothing is held.
  }
}

/** Floating-point files can hold anything, and one NaN would spoil all that is computed from it. */
function sane(sample: number): number {
  return Number.isFinite(sample) ? Math.min(1, Math.max(-1, sample)) : 0;
}

/** ITU-T G.711: a sign, a segment of three bits that doubles the step, and four bits in it; even bits are inverted. */
function fromALaw(byte: number): number {
  const value = byte ^ 0x55;
  const segment = (value >> 4) & 7;
  const step = (value & 0x0f) * 2 + 1;
  const magnitude = segment === 0 ? step : (step + 32) * 2 ** (segment - 1);
  return (value & 0x80 ? magnitude : -magnitude) / 4096;
}

/** ITU-T G.711: as A-law, with a bias of 33 and all bits inverted. */
function fromMuLaw(byte: number): number {
  const value = ~byte;
  const magnitude = ((value & 0x0f) * 2 + 33) * 2 ** ((value >> 4) & 7) - 33;
  return (value & 0x80 ? -magnitude : magnitude) / 8192;
}
