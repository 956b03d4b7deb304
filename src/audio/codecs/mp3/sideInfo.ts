import type { BitReader } from '../../coding/bitReader';
import type { FrameHeader } from './frameHeader';

/** Shape of the transform of one granule. Numbers are those of the standard. */
type BlockType = 0 | 1 | 2 | 3;

/** How one granule of one channel is coded. ISO/IEC 11172-3, section 2.4.1.7. */
export interface GranuleInfo {
  /** Of scale factors and spectrum together, in bits. */
  readonly dataLength: number;
  /** Pairs of the spectrum with values of any size. */
  readonly bigValues: number;
  readonly globalGain: number;
  readonly scaleFactorCompression: number;
  /** 2 for three short transforms in the place of a long one. */
  readonly blockType: BlockType;
  /** The lowest two subbands are long, though the rest is short. */
  readonly mixed: boolean;
  readonly tables: readonly number[];
  /** Of the three short blocks. */
  readonly subblockGains: readonly number[];
  /** Scale factor bands of the first two regions of big values; undefined where they are a matter of lines. */
  readonly regionBands: readonly [number, number] | undefined;
  readonly preflag: boolean;
  readonly scaleFactorShift: 0 | 1;
  readonly quadTable: 0 | 1;
}

export interface SideInfo {
  /** How many bytes before this frame its data begins. */
  readonly mainDataBegin: number;
  /** For each channel: which of the four groups of scale factors the second granule takes from the first. */
  readonly shared: readonly (readonly boolean[])[];
  /** By granule, then channel. */
  readonly granules: readonly (readonly GranuleInfo[])[];
}

export function sideInfoBytes({ lowRate, channels }: FrameHeader): number {
  if (lowRate) {
    return channels === 1 ? 9 : 17;
  }
  return channels === 1 ? 17 : 32;
}

export function readSideInfo(bits: BitReader, header: FrameHeader): SideInfo {
  const { lowRate, channels } = header;
  const mainDataBegin = bits.read(lowRate ? 8 : 9);
  bits.skip(lowRate ? channels : channels === 1 ? 5 : 3);
  const eachChannel = Array.from({ length: channels }, (_, channel) => channel);
  const shared = eachChannel.map(() => [0, 1, 2, 3].map(() => !lowRate && bits.readFlag()));
  const granules = (lowRate ? [0] : [0, 1]).map(() => eachChannel.map(() => readGranule(bits, lowRate)));
  return { mainDataBegin, shared, granules };
}

function readGranule(bits: BitReader, lowRate: boolean): GranuleInfo {
  const dataLength = bits.read(12);
  const bigValues = bits.read(9);
  const globalGain = bits.read(8);
  const scaleFactorCompression = bits.read(lowRate ? 9 : 4);
  const window = bits.readFlag() ? readSwitchedWindow(bits) : readNormalWindow(bits);
  return {
    dataLength,
    bigValues,
    globalGain,
    scaleFactorCompression,
    ...window,
    preflag: !lowRate && bits.readFlag(),
    scaleFactorShift: bits.readFlag() ? 1 : 0,
    quadTable: bits.readFlag() ? 1 : 0,
  };
}

type Window = Pick<GranuleInfo, 'blockType' | 'mixed' | 'tables' | 'subblockGains' | 'regionBands'>;

function readSwitchedWindow(bits: BitReader): Window {
  const blockType = bits.read(2) as BlockType;
  const mixed = bits.readFlag();
  return {
    blockType,
    mixed: mixed && blockType === 2,
    tables: [bits.read(5), bits.read(5)],
    subblockGains: [bits.read(3), bits.read(3), bits.read(3)],
    regionBands: undefined,
  };
}

function readNormalWindow(bits: BitReader): Window {
  return {
    blockType: 0,
    mixed: false,
    tables: [bits.read(5), bits.read(5), bits.read(5)],
    subblockGains: [0, 0, 0],
    regionBands: [bits.read(4) + 1, bits.read(3) + 1],
  };
}
