import { AacError } from './aacError';
import { bandsFor, type FrameBands } from './bands';
import { FrameReader } from './frameReader';
import { ChannelSynthesis } from './channelSynthesis';
import type { ChannelStream } from './channelStream';
import type { AacConfig } from './config';
import { FilterBank } from './filterBank';
import { NoiseSource } from './noise';
import { readRawDataBlock, type ElementContent } from './rawDataBlock';
import { applyIntensity, applyMidSide } from './stereo';
import { applyTns } from './tns';

/** Far louder than any sound, and far from what would overflow on the way to samples. */
const loudest = 2 ** 60;

/**
 * Decodes AAC-LC, and the core of HE-AAC: one decoder for each track, its frames in their order.
 *
 * A damaged frame is as if it had not been there: the next one can be decoded.
 */
export class AacDecoder {
  /** In Hz. */
  readonly sampleRate: number;
  readonly channels: number;
  readonly samplesPerFrame: number;
  private readonly frameBands: FrameBands;
  private readonly filterBank: FilterBank;
  private syntheses: readonly ChannelSynthesis[];
  private readonly noise = new NoiseSource();

  constructor(private readonly config: AacConfig) {
    const { sampleRate, samplesPerFrame, elements } = config;
    this.sampleRate = sampleRate;
    this.samplesPerFrame = samplesPerFrame;
    this.channels = elements.flatMap((element) => element.channels).length;
    this.frameBands = bandsFor(sampleRate, samplesPerFrame);
    this.filterBank = new FilterBank(samplesPerFrame);
    this.syntheses = this.newSyntheses();
  }

  /** Begins anew: the next frame only fades in. */
  forget(): void {
    this.syntheses = this.newSyntheses();
  }

  /**
   * @param frame one raw_data_block, as containers hold it
   * @returns the samples of each channel, within [-1, 1] but for what clips; the first frame only fades in
   * @throws AacError when the frame is damaged, or has tools that AAC-LC does not have, which a flipped bit can feign
   */
  decode(frame: Uint8Array): Float32Array[] {
    return this.decodeBlock(new FrameReader(frame));
  }

  /**
   * Like `decode`, for one of several blocks that follow each other; the reader is left behind it.
   *
   * @throws AacError when the block is damaged
   */
  decodeBlock(bits: FrameReader): Float32Array[] {
    const streams: (ChannelStream | undefined)[] = [];
    this.noise.startFrame(bits.hashRest());
    for (const { element, content } of readRawDataBlock(bits, this.frameBands, this.config.elements)) {
      const found = this.applyTools(content);
      element.channels.forEach((channel, i) => (streams[channel] = found[i]));
    }
    return this.syntheses.map((synthesis, channel) => {
      const stream = streams[channel];
      return stream === undefined ? synthesis.synthesiseSilence() : synthesis.synthesise(stream);
    });
  }

  private newSyntheses(): ChannelSynthesis[] {
    return Array.from({ length: this.channels }, () => new ChannelSynthesis(this.filterBank));
  }

  /** Completes the spectra, in the order of ISO/IEC 14496-3, 4.1.1.2. */
  private applyTools(content: ElementContent['content']): readonly ChannelStream[] {
    const streams = 'left' in content ? [content.left, content.right] : [content];
    if ('left' in content) {
      this.noise.fillPair(content);
      applyMidSide(content);
      applyIntensity(content);
    } else {
      this.noise.fill(content);
    }
    for (const { tns, spectrum } of streams) {
      tns.forEach((filter) => applyTns(filter, spectrum));
      if (!spectrum.every((value) => Math.abs(value) < loudest)) {
        throw new AacError('damaged', 'The AAC frame is louder than any sound.');
      }
    }
    return streams;
  }
}
