import { AacError } from './aacError';
import { FrameReader } from './frameReader';
import { defaultElements, type ChannelElement } from './channelElements';
import { readProgramConfig } from './programConfig';

/** What has to be known before the first frame. */
export interface AacConfig {
  /** In Hz. Of HE-AAC it is the core's, which is half of what its SBR would make of it. */
  readonly sampleRate: number;
  readonly samplesPerFrame: 1024 | 960;
  readonly elements: readonly ChannelElement[];
}

/** By samplingFrequencyIndex: ISO/IEC 14496-3, 1.6.3.3. */
export const samplingFrequencies: readonly number[] = [
  96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350,
];
const explicitFrequency = 15;

/** Audio object types that name themselves in messages: ISO/IEC 14496-3, 1.5.1.1. */
const objectTypes: Readonly<Record<number, string>> = {
  1: 'AAC Main',
  3: 'AAC SSR',
  4: 'AAC LTP',
  6: 'AAC Scalable',
  17: 'ER AAC LC',
  19: 'ER AAC LTP',
  20: 'ER AAC Scalable',
  22: 'ER BSAC',
  23: 'AAC-LD',
  36: 'MPEG-4 ALS',
  39: 'AAC-ELD',
  42: 'xHE-AAC (USAC)',
};
const lowComplexity = 2;
/** SBR (HE-AAC) and parametric stereo (HE-AAC v2): an AAC-LC core, and what extends it. */
const extendedTypes = [5, 29];

/**
 * Reads MPEG-4's AudioSpecificConfig, which containers hold for the track (ISO/IEC 14496-3, 1.6.2.1).
 * HE-AAC is understood as its AAC-LC core.
 *
 * @throws AacError for any other kind of audio, or when the bytes make no sense
 */
export function parseAudioSpecificConfig(bytes: Uint8Array): AacConfig {
  const bits = new FrameReader(bytes);
  let objectType = readObjectType(bits);
  const sampleRate = readSamplingFrequency(bits);
  const channelConfiguration = bits.read(4);
  if (extendedTypes.includes(objectType)) {
    readSamplingFrequency(bits);
    objectType = readObjectType(bits);
  }
  requireLowComplexity(objectType);
  const samplesPerFrame = bits.readFlag() ? 960 : 1024;
  const dependsOnCoreCoder = bits.readFlag();
  if (dependsOnCoreCoder) {
    throw new AacError('unsupported', 'AAC that depends on another coder cannot be decoded.');
  }
  bits.skip(1); // extensionFlag, which says nothing in AAC-LC
  const elements =
    channelConfiguration === 0 ? readProgramConfig(bits) : defaultElements(channelConfiguration);
  return { sampleRate, samplesPerFrame, elements };
}

/** @throws AacError unless the audio object type is AAC-LC */
export function requireLowComplexity(objectType: number): void {
  if (objectType !== lowComplexity) {
    const name = objectTypes[objectType] ?? `MPEG-4 audio object type ${objectType}`;
    throw new AacError('unsupported', `${name} cannot be decoded, only AAC-LC can.`);
  }
}

function readObjectType(bits: FrameReader): number {
  const objectType = bits.read(5);
  return objectType === 31 ? 32 + bits.read(6) : objectType;
}

function readSamplingFrequency(bits: FrameReader): number {
  const index = bits.read(4);
  const frequency = index === explicitFrequency ? bits.read(24) : samplingFrequencies[index];
  if (!frequency) {
    throw new AacError('damaged', 'The AAC data names no sampling frequency.');
  }
  return frequency;
}
