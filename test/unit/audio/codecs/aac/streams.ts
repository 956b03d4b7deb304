import { adtsConfig, decodeAdts, parseAdtsHeader } from '../../../../../src/audio/codecs/aac/adts';
import { AacDecoder } from '../../../../../src/audio/codecs/aac/decoder';
import { BitWriter } from './bitWriter';

/** A decoded track. */
export interface Decoded {
  readonly sampleRate: number;
  /** Samples, channel by channel. */
  readonly channels: Float32Array[];
}

/** Decodes a whole .aac file. */
export function decodeAdtsFile(file: Uint8Array): Decoded {
  const packets = adtsPackets(file);
  const decoder = new AacDecoder(adtsConfig(packets[0]!));
  const frames = packets.map((packet) => decodeAdts(decoder, packet));
  return { sampleRate: decoder.sampleRate, channels: joinFrames(frames) };
}

export function adtsPackets(file: Uint8Array): Uint8Array[] {
  const packets: Uint8Array[] = [];
  for (let at = 0; at < file.length;) {
    const { frameLength } = parseAdtsHeader(file.subarray(at))!;
    packets.push(file.subarray(at, at + frameLength));
    at += frameLength;
  }
  return packets;
}

/** Lays the samples of frames end to end, channel by channel. */
export function joinFrames(frames: readonly Float32Array[][]): Float32Array[] {
  return frames[0]!.map((_, channel) => Float32Array.from(frames.flatMap((frame) => [...frame[channel]!])));
}

export interface AdtsOptions {
  readonly samplingFrequencyIndex: number;
  readonly channelConfiguration: number;
  readonly profile?: number;
  /** Whether there are checksums, which the decoder does not check. */
  readonly isProtected?: boolean;
}

/** An ADTS frame of raw data blocks. */
export function adtsFrame(blocks: readonly Uint8Array[], options: AdtsOptions): Uint8Array {
  const { samplingFrequencyIndex, channelConfiguration, profile = 1, isProtected = false } = options;
  const bytes = blocks.reduce((sum, block) => sum + block.length, 0);
  const several = blocks.length > 1 ? blocks.length : 0;
  const checksums = isProtected ? 2 * blocks.length + 2 * several : 0;
  const bits = new BitWriter()
    .write(0xfff, 12)
    .write(0, 3)
    .write(Number(!isProtected), 1)
    .write(profile, 2)
    .write(samplingFrequencyIndex, 4)
    .write(0, 1)
    .write(channelConfiguration, 3)
    .write(0, 4)
    .write(7 + checksums + bytes, 13)
    .write(0x7ff, 11)
    .write(blocks.length - 1, 2);
  bits.write(0xabcd, isProtected ? 16 * blocks.length : 0);
  for (const block of blocks) {
    bits.writeBytes(block).write(0xdcba, isProtected && several > 0 ? 16 : 0);
  }
  return bits.toBytes();
}

/** The sampling frequencies, by their index. */
export const samplingFrequencies = [
  96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350,
];

/** The bits of an AudioSpecificConfig of AAC-LC, but for a program configuration at its end. */
export function audioSpecificConfig(
  sampleRate: number,
  channelConfiguration: number,
  samplesPerFrame = 1024,
): BitWriter {
  return new BitWriter()
    .write(2, 5)
    .write(samplingFrequencies.indexOf(sampleRate), 4)
    .write(channelConfiguration, 4)
    .write(samplesPerFrame === 960 ? 1 : 0, 1)
    .write(0, 2);
}

/** A LOAS frame, which is how ffmpeg reads frames beside their AudioSpecificConfig: ISO/IEC 14496-3, 1.7. */
export function loasFrame(block: Uint8Array, config: Parameters<typeof audioSpecificConfig>): Uint8Array {
  const mux = new BitWriter()
    .write(0, 1) // another StreamMuxConfig than before follows
    .write(0, 1) // audioMuxVersion
    .write(1, 1) // allStreamsSameTimeFraming
    .write(0, 6 + 4 + 3) // one subframe, one program, one layer
    .append(audioSpecificConfig(...config))
    .write(0, 3) // frameLengthType
    .write(0xff, 8)
    .write(0, 2); // neither other data nor a checksum
  for (let rest = block.length; rest >= 0; rest -= 255) {
    mux.write(Math.min(rest, 255), 8);
  }
  const bytes = mux.writeBytes(block).toBytes();
  return new BitWriter().write(0x2b7, 11).write(bytes.length, 13).writeBytes(bytes).toBytes();
}

/** How far apart two signals are, in dB. */
export function signalToNoise(reference: Float32Array, samples: Float32Array): number {
  let signal = 0;
  let noise = 0;
  reference.forEach((value, i) => {
    signal += value ** 2;
    noise += (value - (samples[i] ?? 0)) ** 2;
  });
  return 10 * Math.log10(signal / noise);
}
