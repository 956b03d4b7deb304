import { BitReader } from '../coding/bitReader';
import { parseAdtsHeader } from './aac/adts';
import { parseAudioSpecificConfig } from './aac/config';
import type { CodedSound } from './codedSound';
import { readFrameHeader } from './flac/frameHeader';
import { readStreamInfo } from './flac/streamInfo';
import { parseFrameHeader } from './mp3/frameHeader';
import { packetSamples } from './opusFormat';
import { pcmFormats } from './pcm';
import { readMode, readSetup } from './vorbis/setup';
import { VorbisBits } from './vorbis/vorbisBits';

/** Measures the packets of a track, one after the other, without decoding them. */
export interface Measure {
  /** How many units a second has: samples or, in Opus, those in which Ogg counts it. */
  readonly rate: number;
  /** @returns how much sound a decoder makes of a packet, in units; 0 for a damaged packet, and for the first one in Vorbis */
  length(packet: Uint8Array): number;
}

/** @returns undefined where the codec is not decoded here, or its description is damaged */
export function openMeasure(sound: CodedSound): Measure | undefined {
  try {
    const measure = pcmMeasure(sound) ?? codecMeasure(sound);
    return measure && { rate: measure.rate, length: (packet) => lengthOrZero(measure, packet) };
  } catch {
    return undefined;
  }
}

function lengthOrZero(measure: Measure, packet: Uint8Array): number {
  try {
    const length = measure.length(packet);
    return Number.isFinite(length) ? length : 0;
  } catch {
    return 0;
  }
}

function pcmMeasure({ codec, sampleRate: rate, channels }: CodedSound): Measure | undefined {
  const format = pcmFormats[codec];
  return format && { rate, length: (packet) => Math.floor(packet.length / format.bytes / channels) };
}

function codecMeasure({ codec, sampleRate: rate, description }: CodedSound): Measure | undefined {
  switch (codec) {
    case 'mp3':
      return { rate, length: (packet) => mpegSeconds(packet) * rate };
    case 'aac':
      return description ? aacMeasure(description) : { rate, length: (packet) => adtsSeconds(packet) * rate };
    case 'opus':
      return { rate: 48_000, length: (packet) => packetSamples(packet, 48_000) };
    case 'flac':
      return description && flacMeasure(description);
    case 'vorbis':
      return description && vorbisMeasure(description);
    default:
      return undefined;
  }
}

function mpegSeconds(packet: Uint8Array): number {
  const header = parseFrameHeader(packet);
  return header ? header.samples / header.sampleRate : 0;
}

function adtsSeconds(packet: Uint8Array): number {
  const header = parseAdtsHeader(packet);
  return header ? (header.blocks * 1024) / header.sampleRate : 0;
}

function aacMeasure(description: Uint8Array): Measure {
  const { samplesPerFrame, sampleRate: rate } = parseAudioSpecificConfig(description);
  return { rate, length: () => samplesPerFrame };
}

function flacMeasure(description: Uint8Array): Measure {
  const info = readStreamInfo(description);
  return {
    rate: info.sampleRate,
    length: (packet) => readFrameHeader(new BitReader(packet), packet, info).blockSize,
  };
}

/** Vorbis I, section 4.3.8: what comes out reaches from the middle of one block to that of the next. */
function vorbisMeasure(description: Uint8Array): Measure {
  const setup = readSetup(description);
  const [short, long] = setup.blockSizes;
  let before: number | undefined;
  return {
    rate: setup.sampleRate,
    length(packet) {
      const size = readMode(new VorbisBits(packet), setup).isLong ? long : short;
      const length = before === undefined ? 0 : (before + size) / 4;
      before = size;
      return length;
    },
  };
}
