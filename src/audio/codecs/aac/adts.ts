import { BitReader } from '../../coding/bitReader';
import { AacError } from './aacError';
import { FrameReader } from './frameReader';
import { defaultElements, type ChannelElement } from './channelElements';
import { requireLowComplexity, samplingFrequencies, type AacConfig } from './config';
import type { AacDecoder } from './decoder';
import { readProgramConfig } from './programConfig';

/** The header of an ADTS frame, in which .aac files and broadcasts carry AAC: ISO/IEC 14496-3, 1.A.3.2. */
export interface AdtsHeader {
  /** 2 for AAC-LC: ISO/IEC 14496-3, 1.5.1.1. */
  readonly objectType: number;
  /** In Hz. */
  readonly sampleRate: number;
  /** 0 where the first block begins with a program_config_element. */
  readonly channelConfiguration: number;
  /** Bytes until the first block, checksums included. */
  readonly headerLength: number;
  /** Bytes of the frame, with its header. */
  readonly frameLength: number;
  /** How many raw_data_blocks the frame has. */
  readonly blocks: number;
  /** Whether each of several blocks is followed by a checksum. */
  readonly hasBlockChecksums: boolean;
}

const checksumBytes = 2;

/**
 * @param packet begins with the header
 * @returns undefined when there is none
 */
export function parseAdtsHeader(packet: Uint8Array): AdtsHeader | undefined {
  const bits = new BitReader(packet);
  const hasSyncword = bits.read(12) === 0xfff;
  bits.skip(1); // MPEG-4 or MPEG-2, which makes no difference
  const layer = bits.read(2);
  const isProtected = !bits.readFlag();
  const objectType = bits.read(2) + 1;
  const sampleRate = samplingFrequencies[bits.read(4)];
  bits.skip(1); // private_bit
  const channelConfiguration = bits.read(3);
  bits.skip(4); // original_copy, home and copyright
  const frameLength = bits.read(13);
  bits.skip(11); // fullness of the buffer
  const blocks = bits.read(2) + 1;
  if (!hasSyncword || layer !== 0 || sampleRate === undefined || bits.isPastEnd) {
    return undefined;
  }
  const fixedLength = 7;
  const headerLength = isProtected ? fixedLength + blocks * checksumBytes : fixedLength;
  return {
    objectType,
    sampleRate,
    channelConfiguration,
    headerLength,
    frameLength,
    blocks,
    hasBlockChecksums: isProtected && blocks > 1,
  };
}

/** @throws AacError when the packet does not begin with a header, or it is not AAC-LC's */
function requireHeader(packet: Uint8Array): AdtsHeader {
  const header = parseAdtsHeader(packet);
  if (!header) {
    throw new AacError('damaged', 'The ADTS frame does not begin with a header.');
  }
  requireLowComplexity(header.objectType);
  return header;
}

/**
 * @param packet the first ADTS frame of the track, with its header
 * @throws AacError when it is damaged, or not AAC-LC
 */
export function adtsConfig(packet: Uint8Array): AacConfig {
  const header = requireHeader(packet);
  const { sampleRate, channelConfiguration } = header;
  const elements =
    channelConfiguration === 0 ? firstProgramConfig(packet, header) : defaultElements(channelConfiguration);
  return { sampleRate, samplesPerFrame: 1024, elements };
}

function firstProgramConfig(packet: Uint8Array, { headerLength }: AdtsHeader): readonly ChannelElement[] {
  const programConfigId = 5;
  const bits = new FrameReader(packet.subarray(headerLength));
  if (bits.read(3) !== programConfigId) {
    throw new AacError('unsupported', 'The ADTS frame does not say which channels it has.');
  }
  return readProgramConfig(bits);
}

/**
 * @param packet an ADTS frame, with its header
 * @returns the samples of each channel, of all blocks of the frame
 * @throws AacError when it is damaged
 */
export function decodeAdts(decoder: AacDecoder, packet: Uint8Array): Float32Array[] {
  const { headerLength, frameLength, blocks, hasBlockChecksums } = requireHeader(packet);
  const bits = new FrameReader(packet.subarray(headerLength, frameLength));
  const samples = Array.from(
    { length: decoder.channels },
    () => new Float32Array(blocks * decoder.samplesPerFrame),
  );
  for (let block = 0; block < blocks; block++) {
    decoder.decodeBlock(bits).forEach((channel, i) => {
      samples[i]?.set(channel, block * decoder.samplesPerFrame);
    });
    if (hasBlockChecksums) {
      bits.skip(checksumBytes * 8);
    }
  }
  return samples;
}
