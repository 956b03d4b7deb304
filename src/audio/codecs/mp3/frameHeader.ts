import { BitReader } from '../../coding/bitReader';
import { DamagedPacket } from '../../coding/damaged';

/** What the four bytes before each frame say. ISO/IEC 11172-3, section 2.4.1.3; 13818-3 for low sampling rates. */
export interface FrameHeader {
  readonly layer: 1 | 2 | 3;
  /** MPEG-2 and 2.5 have half the sampling rates or less, and one granule in a frame where MPEG-1 has two. */
  readonly lowRate: boolean;
  readonly sampleRate: number;
  /** Row of the tables that depend on the sampling rate: 44.1, 48, 32, then 22.05, 24, 16, then 11.025, 12, 8 kHz. */
  readonly rateIndex: number;
  /** In bits per second; 0 in the free format, whose frames do not say how long they are. */
  readonly bitRate: number;
  /** In bytes, with the header; undefined in the free format. */
  readonly frameLength: number | undefined;
  /** Of each channel. */
  readonly samples: number;
  readonly channels: 1 | 2;
  readonly hasChecksum: boolean;
  readonly midSide: boolean;
  readonly intensity: boolean;
}

const baseRates = [44_100, 48_000, 32_000];

/** In kbit/s, by layer, of MPEG-1: 11172-3, section 2.4.2.3. */
const bitRates = {
  1: [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  2: [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  3: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
};
/** Of MPEG-2 and 2.5: 13818-3, section 2.4.2.3. */
const lowBitRates = {
  1: [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  3: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};

/** @throws DamagedPacket when no frame begins here */
export function readFrameHeader(frame: Uint8Array): FrameHeader {
  const header = parseFrameHeader(frame);
  if (!header) {
    throw new DamagedPacket('no frame begins here');
  }
  return header;
}

/** @returns undefined when no frame begins here */
export function parseFrameHeader(frame: Uint8Array): FrameHeader | undefined {
  const bits = new BitReader(frame);
  const isSync = bits.read(11) === 0x7ff;
  // How often the rates of MPEG-1 are halved: twice in MPEG-2.5, once in MPEG-2.
  const halvings = [2, undefined, 1, 0][bits.read(2)];
  const layer = ([undefined, 3, 2, 1] as const)[bits.read(2)];
  const hasChecksum = !bits.readFlag();
  const bitRateCode = bits.read(4);
  const rateCode = bits.read(2);
  const base = baseRates[rateCode];
  if (!isSync || halvings === undefined || layer === undefined || base === undefined) {
    return undefined;
  }
  const lowRate = halvings > 0;
  const kilobits = (lowRate ? lowBitRates : bitRates)[layer][bitRateCode];
  if (kilobits === undefined) {
    return undefined;
  }
  const isPadded = bits.readFlag();
  bits.skip(1); // private bit
  const sampleRate = base / 2 ** halvings;
  const bitRate = kilobits * 1000;
  const samples = samplesPerFrame(layer, lowRate);
  return {
    layer,
    lowRate,
    sampleRate,
    rateIndex: halvings * 3 + rateCode,
    bitRate,
    frameLength:
      bitRate === 0 ? undefined : frameLength(layer, (samples * bitRate) / 8 / sampleRate, isPadded),
    samples,
    hasChecksum,
    ...readMode(bits),
  };
}

function samplesPerFrame(layer: 1 | 2 | 3, lowRate: boolean): number {
  if (layer === 1) {
    return 384;
  }
  return layer === 3 && lowRate ? 576 : 1152;
}

/** Whole slots, of four bytes in layer I, and one more in some frames so that the mean comes out right. */
function frameLength(layer: 1 | 2 | 3, meanLength: number, isPadded: boolean): number {
  const slotBytes = layer === 1 ? 4 : 1;
  const slots = Math.floor(meanLength / slotBytes);
  return (slots + (isPadded ? 1 : 0)) * slotBytes;
}

function readMode(bits: BitReader): Pick<FrameHeader, 'channels' | 'midSide' | 'intensity'> {
  const mode = bits.read(2);
  const isJoint = mode === 1;
  const hasMidSide = bits.readFlag();
  const hasIntensity = bits.readFlag();
  return { channels: mode === 3 ? 1 : 2, midSide: isJoint && hasMidSide, intensity: isJoint && hasIntensity };
}
