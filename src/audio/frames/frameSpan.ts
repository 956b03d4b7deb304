import { parseAdtsHeader } from '../codecs/aac/adts';
import { parseFrameHeader } from '../codecs/mp3/frameHeader';

/** What a header tells of its frame. */
export interface FrameSpan {
  readonly codec: 'mp3' | 'aac';
  /** With the header. */
  readonly bytes: number;
  /** Of each channel. */
  readonly samples: number;
  readonly sampleRate: number;
  /** Has the same value in all frames of a stream, and hardly in any other bytes. */
  readonly stream: string;
}

/** The length of the longer of the two headers, that of ADTS. */
export const headerBytes = 7;
/** The most that a header can say: ADTS has 13 bits for it. */
export const longestFrame = 2 ** 13;

/**
 * Reads the header of a frame. Both kinds begin with the same run of set bits; the layer, which ADTS does not have, tells them
 * apart.
 *
 * @returns undefined when no frame begins there, or the frame does not say how long it is
 */
export function readSpan(header: Uint8Array): FrameSpan | undefined {
  const second = header[1] ?? 0;
  if (header[0] !== 0xff || second < 0xe0 || header.length < headerBytes) {
    return undefined;
  }
  const isAdts = (second & 0xf6) === 0xf0;
  return isAdts ? adtsSpan(header) : mpegSpan(header);
}

function mpegSpan(bytes: Uint8Array): FrameSpan | undefined {
  const header = parseFrameHeader(bytes);
  if (header?.frameLength === undefined) {
    return undefined;
  }
  const { layer, frameLength, samples, sampleRate, channels } = header;
  return {
    codec: 'mp3',
    bytes: frameLength,
    samples,
    sampleRate,
    stream: `layer ${layer} ${sampleRate} ${channels}`,
  };
}

function adtsSpan(bytes: Uint8Array): FrameSpan | undefined {
  const header = parseAdtsHeader(bytes);
  if (!header || header.frameLength < header.headerLength) {
    return undefined;
  }
  const { objectType, frameLength, blocks, sampleRate, channelConfiguration } = header;
  return {
    codec: 'aac',
    bytes: frameLength,
    samples: blocks * 1024,
    sampleRate,
    stream: `aac ${objectType} ${sampleRate} ${channelConfiguration}`,
  };
}
