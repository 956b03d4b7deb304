import type { BitReader } from '../../coding/bitReader';
import { DamagedPacket } from '../../coding/damaged';
import { crc8 } from './crc';
import type { SampleFormat } from './streamInfo';

type Stereo = 'independent' | 'leftSide' | 'rightSide' | 'midSide';

export interface FrameHeader extends SampleFormat {
  /** Whether frames are of different lengths; then their numbers are those of their first samples. */
  readonly isVariable: boolean;
  /** Of the frame among all, or of its first sample. */
  readonly number: number;
  /** In samples of each channel. */
  readonly blockSize: number;
  readonly stereo: Stereo;
}

/** RFC 9639, table 15; undefined where the header goes on with the number. */
const sampleRates = [
  undefined,
  88_200,
  176_400,
  192_000,
  8000,
  16_000,
  22_050,
  24_000,
  32_000,
  44_100,
  48_000,
  96_000,
];

/** Table 18. */
const sampleSizes = [undefined, 8, 12, undefined, 16, 20, 24, 32];

/**
 * RFC 9639, section 9.1.
 *
 * @param frame all of what `bits` reads
 * @throws DamagedPacket
 */
export function readFrameHeader(bits: BitReader, frame: Uint8Array, info: SampleFormat): FrameHeader {
  if (bits.read(15) !== 0x7ffc) {
    throw new DamagedPacket('no frame begins here');
  }
  const isVariable = bits.readFlag();
  const sizeCode = bits.read(4);
  const rateCode = bits.read(4);
  const channelCode = bits.read(4);
  const sampleSizeCode = bits.read(3);
  bits.skip(1);
  const number = readNumber(bits);
  const blockSize = readBlockSize(bits, sizeCode);
  const sampleRate = readSampleRate(bits, rateCode, info);
  const covered = frame.subarray(0, bits.position / 8);
  if (crc8(covered) !== bits.read(8) || bits.isPastEnd) {
    throw new DamagedPacket('the header is damaged');
  }
  if (channelCode > 10) {
    throw new DamagedPacket('reserved channel assignment');
  }
  return {
    isVariable,
    number,
    blockSize,
    sampleRate,
    channels: channelCode < 8 ? channelCode + 1 : 2,
    stereo: (['leftSide', 'rightSide', 'midSide'] as const)[channelCode - 8] ?? 'independent',
    bitsPerSample: sampleSizeCode === 0 ? info.bitsPerSample : known(sampleSizes[sampleSizeCode]),
  };
}

/** The number of the frame or sample, coded as UTF-8 codes characters, but longer. */
function readNumber(bits: BitReader): number {
  const first = bits.read(8);
  const leadingOnes = Math.clz32(~(first << 24));
  let number = first & (0x7f >> leadingOnes);
  for (let more = leadingOnes - 1; more > 0; more--) {
    number = number * 64 + (bits.read(8) & 0x3f);
  }
  return number;
}

function readBlockSize(bits: BitReader, code: number): number {
  if (code === 0) {
    throw new DamagedPacket('reserved block size');
  }
  if (code === 1) {
    return 192;
  }
  if (code <= 5) {
    return 144 << code;
  }
  if (code === 6) {
    return bits.read(8) + 1;
  }
  if (code === 7) {
    return bits.read(16) + 1;
  }
  return 1 << code;
}

function readSampleRate(bits: BitReader, code: number, info: SampleFormat): number {
  if (code === 0) {
    return info.sampleRate;
  }
  if (code === 12) {
    return bits.read(8) * 1000;
  }
  if (code === 13) {
    return bits.read(16);
  }
  if (code === 14) {
    return bits.read(16) * 10;
  }
  return known(sampleRates[code]);
}

function known(value: number | undefined): number {
  if (value === undefined) {
    throw new DamagedPacket('reserved value in the header');
  }
  return value;
}
