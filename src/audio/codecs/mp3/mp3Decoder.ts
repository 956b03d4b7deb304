import { BitReader } from '../../coding/bitReader';
import { DamagedPacket } from '../../coding/damaged';
import type { PacketDecoder } from '../../coding/packetDecoder';
import { readFrameHeader, type FrameHeader } from './frameHeader';
import { Hybrid, reduceAliasing } from './hybrid';
import {
  lowRatePlan,
  noScaleFactors,
  readLowRateScaleFactors,
  readScaleFactors,
  type ScaleFactors,
} from './scaleFactors';
import { readSideInfo, sideInfoBytes, type GranuleInfo, type SideInfo } from './sideInfo';
import { interleaveShortBlocks, lines, readSpectrum, scaleSpectrum } from './spectrum';
import { undoJointStereo } from './stereo';
import { Synthesis } from './synthesis';

/** A frame's data may begin this far before it. */
const reservoirBytes = 511;

/**
 * A frame may need data of up to 511 bytes before it, and in MPEG-2 of up to 255. At the lowest bit rates, those are the data of
 * nine frames (MPEG-1 at 32 kbit/s) and of 29 (MPEG-2 at 8 kbit/s). Three more fill the filters.
 */
const settlingPackets = { highRates: 12, lowRates: 32 };

/** What one channel carries from granule to granule. */
interface Channel {
  readonly hybrid: Hybrid;
  readonly synthesis: Synthesis;
  readonly spectrum: Float32Array;
  readonly subbandSamples: Float32Array;
  usedLines: number;
  scaleFactors: ScaleFactors;
}

/** Decodes MPEG-1, 2 and 2.5 audio, layer III, a frame at a time. ISO/IEC 11172-3 and 13818-3. */
export class Mp3Decoder implements PacketDecoder {
  readonly sampleRate: number;
  readonly channels: number;
  readonly grain: number;
  readonly settlingPackets: number;
  private state: readonly Channel[];
  /** The end of the data of the frames before. */
  private reservoir = new Uint8Array(0);

  /**
   * @param firstFrame tells the format; the others have to have it too
   * @throws DamagedPacket
   */
  constructor(firstFrame: Uint8Array) {
    const header = readFrameHeader(firstFrame);
    this.sampleRate = header.sampleRate;
    this.channels = header.channels;
    this.grain = header.samples;
    this.settlingPackets = header.lowRate ? settlingPackets.lowRates : settlingPackets.highRates;
    this.state = newState(this.channels);
  }

  decode(frame: Uint8Array): Float32Array[] {
    const before = this.reservoir;
    // A frame that is not understood leaves a hole, over which those behind it must not reach.
    this.reservoir = new Uint8Array(0);
    const header = readFrameHeader(frame);
    if (header.sampleRate !== this.sampleRate || header.channels !== this.channels || header.layer !== 3) {
      throw new DamagedPacket('the format changes');
    }
    const sideStart = header.hasChecksum ? 6 : 4;
    const dataStart = sideStart + sideInfoBytes(header);
    if (dataStart > frame.length) {
      throw new DamagedPacket('the frame is cut off');
    }
    const side = readSideInfo(new BitReader(frame.subarray(sideStart, dataStart)), header);
    const output = this.state.map(() => new Float32Array(side.granules.length * lines));
    const data = this.mainData(before, frame.subarray(dataStart), side.mainDataBegin);
    // At the beginning of a file that was cut out of another, the data of the first frames is not there.
    if (data) {
      this.decodeData(new BitReader(data), header, side, output);
    }
    return output;
  }

  skip(): number {
    return this.grain;
  }

  /** The data of a frame that was understood stays: those behind it may need it. */
  forget(): void {
    this.state = newState(this.channels);
  }

  close(): void {
    // Nothing is held.
  }

  /** @returns undefined when a frame that would be needed is not there */
  private mainData(before: Uint8Array, ownData: Uint8Array, begin: number): Uint8Array | undefined {
    const all = new Uint8Array(before.length + ownData.length);
    all.set(before);
    all.set(ownData, before.length);
    const start = before.length - begin;
    this.reservoir = all.slice(-reservoirBytes);
    return start < 0 ? undefined : all.subarray(start);
  }

  private decodeData(bits: BitReader, header: FrameHeader, side: SideInfo, output: Float32Array[]): void {
    for (const [granule, infos] of side.granules.entries()) {
      const channels = this.state.flatMap((channel, i) => {
        const info = infos[i];
        const samples = output[i];
        const shared = granule > 0 ? (side.shared[i] ?? []) : [];
        return info && samples ? { channel, info, samples, shared, isRight: i === 1 } : [];
      });
      for (const { channel, info, shared, isRight } of channels) {
        readChannel(bits, header, info, channel, shared, isRight);
      }
      if (header.midSide || header.intensity) {
        this.undoJointStereo(header, infos);
      }
      for (const { channel, info, samples } of channels) {
        synthesize(info, header.rateIndex, channel, samples, granule * lines);
      }
    }
  }

  private undoJointStereo(header: FrameHeader, [, info]: readonly GranuleInfo[]): void {
    const [left, right] = this.state;
    if (!left || !right || !info) {
      return;
    }
    undoJointStereo(header, info, right.scaleFactors, [left.spectrum, right.spectrum]);
    left.usedLines = right.usedLines = Math.max(left.usedLines, right.usedLines);
  }
}

function newState(channels: number): Channel[] {
  return Array.from({ length: channels }, () => ({
    hybrid: new Hybrid(),
    synthesis: new Synthesis(),
    spectrum: new Float32Array(lines),
    subbandSamples: new Float32Array(lines),
    usedLines: 0,
    scaleFactors: noScaleFactors(),
  }));
}

/** @param shared which groups of scale factors are those of the granule before */
function readChannel(
  bits: BitReader,
  header: FrameHeader,
  info: GranuleInfo,
  channel: Channel,
  shared: readonly boolean[],
  isRight: boolean,
): void {
  const end = bits.position + info.dataLength;
  if (end > bits.length) {
    throw new DamagedPacket('the data is cut off');
  }
  let preflag = info.preflag;
  if (header.lowRate) {
    const plan = lowRatePlan(info.scaleFactorCompression, header.intensity && isRight);
    preflag = plan.preflag;
    channel.scaleFactors = readLowRateScaleFactors(bits, info, plan);
  } else {
    channel.scaleFactors = readScaleFactors(bits, info, channel.scaleFactors, shared);
  }
  channel.usedLines = readSpectrum(bits, info, header.rateIndex, end, channel.spectrum);
  scaleSpectrum(channel.spectrum, info, header.rateIndex, channel.scaleFactors, preflag);
  bits.position = end;
}

function synthesize(
  info: GranuleInfo,
  rateIndex: number,
  { hybrid, synthesis, spectrum, subbandSamples, usedLines }: Channel,
  output: Float32Array,
  start: number,
): void {
  if (info.blockType === 2) {
    interleaveShortBlocks(spectrum, info, rateIndex);
  }
  reduceAliasing(spectrum, info);
  // Reordering moves lines up inside their band, and reducing aliases carries a subband over into the next.
  const used = info.blockType === 2 ? lines : usedLines + 18;
  hybrid.transform(spectrum, info, used, subbandSamples);
  synthesis.run(subbandSamples, output, start);
}
