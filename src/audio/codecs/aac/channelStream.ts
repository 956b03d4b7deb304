import { AacError } from './aacError';
import type { FrameBands } from './bands';
import type { FrameReader } from './frameReader';
import { readIcsInfo, type IcsInfo } from './icsInfo';
import { addPulses, readPulses } from './pulses';
import { readBooks, readScales } from './sections';
import { dequantise, readQuantised } from './spectrum';
import { readTns, type TnsFilter } from './tns';

/** What a frame says of one channel. */
export interface ChannelStream {
  readonly info: IcsInfo;
  /** The number of the codebook of each band. */
  readonly books: Uint8Array;
  /** The factor of each band. */
  readonly scales: Float32Array;
  readonly tns: readonly TnsFilter[];
  /** The coefficients, window by window, in the range of 16-bit samples. */
  readonly spectrum: Float32Array;
}

/**
 * Reads individual_channel_stream (ISO/IEC 14496-3, table 4.50).
 *
 * @param commonInfo that of both channels of a pair, where they share it
 * @throws AacError when it is damaged
 */
export function readChannelStream(
  bits: FrameReader,
  frameBands: FrameBands,
  commonInfo?: IcsInfo,
): ChannelStream {
  const globalGain = bits.read(8);
  const info = commonInfo ?? readIcsInfo(bits, frameBands);
  const books = readBooks(bits, info);
  const scales = readScales(bits, books, globalGain);
  const pulses = bits.readFlag() ? readPulses(bits, info) : [];
  const tns = bits.readFlag() ? readTns(bits, info) : [];
  const hasGainControl = bits.readFlag();
  if (hasGainControl) {
    throw new AacError('unsupported', 'AAC with gain control (SSR) cannot be decoded, only AAC-LC can.');
  }
  const quantised = readQuantised(bits, info, books);
  addPulses(pulses, quantised);
  return { info, books, scales, tns, spectrum: dequantise(info, quantised, books, scales) };
}
