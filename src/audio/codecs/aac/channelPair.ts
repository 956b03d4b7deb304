import { AacError } from './aacError';
import type { FrameBands } from './bands';
import type { FrameReader } from './frameReader';
import { readChannelStream, type ChannelStream } from './channelStream';
import { bandCount, readIcsInfo, type IcsInfo } from './icsInfo';

/** Which bands of a pair hold middle and side instead of left and right, or mean something else by that. */
interface MidSide {
  /** Band by band, 1 or 0. */
  readonly used: Uint8Array;
  /** Whether the choice was made band by band, which in bands of intensity stereo turns the sign. */
  readonly isByBand: boolean;
}

/** What a frame says of two channels. */
export interface ChannelPair {
  readonly left: ChannelStream;
  readonly right: ChannelStream;
  /** Only where both channels share their windows. */
  readonly midSide: MidSide | undefined;
}

/**
 * Reads channel_pair_element behind its tag (ISO/IEC 14496-3, table 4.5).
 *
 * @throws AacError when it is damaged
 */
export function readChannelPair(bits: FrameReader, frameBands: FrameBands): ChannelPair {
  const commonInfo = bits.readFlag() ? readIcsInfo(bits, frameBands) : undefined;
  const midSide = commonInfo && readMidSide(bits, commonInfo);
  const left = readChannelStream(bits, frameBands, commonInfo);
  const right = readChannelStream(bits, frameBands, commonInfo);
  return { left, right, midSide };
}

function readMidSide(bits: FrameReader, info: IcsInfo): MidSide {
  const used = new Uint8Array(bandCount(info));
  const present = bits.read(2);
  switch (present) {
    case 0:
      return { used, isByBand: false };
    case 1:
      return { used: used.map(() => bits.read(1)), isByBand: true };
    case 2:
      return { used: used.fill(1), isByBand: false };
    default:
      throw new AacError('damaged', 'The AAC frame has a middle and side mask that cannot be.');
  }
}
