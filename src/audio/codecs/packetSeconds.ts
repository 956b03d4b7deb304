import { BitReader } from '../coding/bitReader';
import { parseAdtsHeader } from './aac/adts';
import { parseAudioSpecificConfig } from './aac/config';
import type { CodedSound } from './codedSound';
import { readFrameHeader as readFlacHeader } from './flac/frameHeader';
import { readStreamInfo } from './flac/streamInfo';
import { parseFrameHeader } from './mp3/frameHeader';
import { pcmFormats } from './pcm';
import { readBlockSizes } from './vorbis/blockSizes';

/**
 * How much sound a decoder makes of a packet, in seconds.
 *
 * @param before the packet before it, on which the length of Vorbis depends
 * @returns undefined where the codec is not one of ours, or the packet is damaged
 */
export function packetSeconds(
  sound: CodedSound,
  packet: Uint8Array,
  before: Uint8Array | undefined,
): number | undefined {
  try {
    const seconds = read(sound, packet, before);
    return seconds !== undefined && Number.isFinite(seconds) ? seconds : undefined;
  } catch {
    return undefined;
  }
}

function read(sound: CodedSound, packet: Uint8Array, before: Uint8Array | undefined): number | undefined {
  const { codec, description, sampleRate, channels } = sound;
  const pcm = pcmFormats[codec];
  if (pcm) {
    return Math.floor(packet.length / pcm.bytes / channels) / sampleRate;
  }
  switch (codec) {
    case 'mp3':
      return mpegSeconds(packet);
    case 'aac':
      return description ? aacSeconds(description) : adtsSeconds(packet);
    case 'opus':
      return opusSeconds(packet);
    default:
      return description && describedSeconds(codec, description, packet, before);
  }
}

function describedSeconds(
  codec: string,
  description: Uint8Array,
  packet: Uint8Array,
  before: Uint8Array | undefined,
): number | undefined {
  if (codec === 'flac') {
    return flacSeconds(description, packet);
  }
  return codec === 'vorbis' && before ? vorbisSeconds(description, packet, before) : undefined;
}

function mpegSeconds(packet: Uint8Array): number | undefined {
  const header = parseFrameHeader(packet);
  return header && header.samples / header.sampleRate;
}

function aacSeconds(description: Uint8Array): number {
  const { samplesPerFrame, sampleRate } = parseAudioSpecificConfig(description);
  return samplesPerFrame / sampleRate;
}

function adtsSeconds(packet: Uint8Array): number | undefined {
  const header = parseAdtsHeader(packet);
  return header && (header.blocks * 1024) / header.sampleRate;
}

function flacSeconds(description: Uint8Array, packet: Uint8Array): number {
  const { blockSize, sampleRate } = readFlacHeader(
    new BitReader(packet),
    packet,
    readStreamInfo(description),
  );
  return blockSize / sampleRate;
}

/** RFC 6716, section 3.1: the first byte says how long a frame is, and how many of them follow. */
function opusSeconds(packet: Uint8Array): number | undefined {
  const [first, second = 0] = packet;
  if (first === undefined) {
    return undefined;
  }
  const frames = [1, 2, 2, second & 63][first & 3] ?? 0;
  return frames * opusFrameSeconds(first >> 3);
}

function opusFrameSeconds(configuration: number): number {
  if (configuration < 12) {
    return [0.01, 0.02, 0.04, 0.06][configuration & 3] ?? 0;
  }
  return configuration < 16
    ? ([0.01, 0.02][configuration & 1] ?? 0)
    : ([0.0025, 0.005, 0.01, 0.02][configuration & 3] ?? 0);
}

/** Vorbis I, section 4.3.8: what comes out reaches from the middle of one block to that of the next. */
function vorbisSeconds(description: Uint8Array, packet: Uint8Array, before: Uint8Array): number | undefined {
  const sizes = readBlockSizes(description);
  const [size, sizeBefore] = [sizes.sizeOf(packet), sizes.sizeOf(before)];
  return size && sizeBefore && (size + sizeBefore) / 4 / sizes.sampleRate;
}
