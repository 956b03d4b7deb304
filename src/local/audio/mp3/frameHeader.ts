import { BitReader } from '../bitReader';
import { DamagedPacket } from '../damaged';

/** What the four bytes before each frame say. ISO/IEC 11172-3, section 2.4.1.3; 13818-3 for low sampling rates. */
export interface FrameHeader {
  readonly layer: 1 | 2 | 3;
  /** MPEG-2 and 2.5 have half the sampling rates or less, and one granule in a frame where MPEG-1 has two. */
  readonly lowRate: boolean;
  readonly sampleRate: number;
  /** Row of the tables that depend on the sampling rate: 44.1, 48, 32, then 22.05, 24, 16, then 11.025, 12, 8 kHz. */
  readonly rateIndex: number;
  readonly channels: 1 | 2;
  readonly hasChecksum: boolean;
  readonly midSide: boolean;
  readonly intensity: boolean;
}

const baseRates = [44_100, 48_000, 32_000];

/** @throws DamagedPacket when no frame begins here */
export function readFrameHeader(frame: Uint8Array): FrameHeader {
  const bits = new BitReader(frame);
  const isSync = bits.read(11) === 0x7ff;
  // How often the rates of MPEG-1 are halved: twice in MPEG-2.5, once in MPEG-2.
  const halvings = [2, undefined, 1, 0][bits.read(2)];
  const layer = ([undefined, 3, 2, 1] as const)[bits.read(2)];
  const hasChecksum = !bits.readFlag();
  bits.skip(4); // the bit rate, which the container has turned into a length
  const rateCode = bits.read(2);
  const base = baseRates[rateCode];
  if (!isSync || halvings === undefined || layer === undefined || base === undefined) {
    throw new DamagedPacket('no frame begins here');
  }
  bits.skip(2); // padding and private bit
  return {
    layer,
    lowRate: halvings > 0,
    sampleRate: base / 2 ** halvings,
    rateIndex: halvings * 3 + rateCode,
    hasChecksum,
    ...readMode(bits),
  };
}

function readMode(bits: BitReader): Pick<FrameHeader, 'channels' | 'midSide' | 'intensity'> {
  const mode = bits.read(2);
  const isJoint = mode === 1;
  const hasMidSide = bits.readFlag();
  const hasIntensity = bits.readFlag();
  return { channels: mode === 3 ? 1 : 2, midSide: isJoint && hasMidSide, intensity: isJoint && hasIntensity };
}
