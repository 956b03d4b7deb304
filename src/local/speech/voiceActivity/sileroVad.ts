import { type InferenceSession, Tensor } from 'onnxruntime-web';
import { sampleRate } from '../../../audio/sound/sound';
import { vadWindowSamples } from './segmentFinder';
import type { VoiceActivityModel } from './segmenter';

/** The model expects this many of the previous samples with each window; without them it never finds speech. */
const contextSamples = 64;

const initialState = () => new Tensor('float32', new Float32Array(256), [2, 1, 128]);

/** Silero VAD (v6; https://github.com/snakers4/silero-vad) on one sound, window by window. */
export class SileroVad implements VoiceActivityModel {
  private readonly input = new Float32Array(contextSamples + vadWindowSamples);
  private readonly inputs: Record<string, Tensor> = {
    input: new Tensor('float32', this.input, [1, this.input.length]),
    state: initialState(),
    sr: new Tensor('int64', [BigInt(sampleRate)], []),
  };

  constructor(private readonly model: InferenceSession) {}

  /** @returns the probability that the next `vadWindowSamples` samples are speech; pads a shorter window with silence */
  async next(window: Float32Array): Promise<number> {
    this.input.copyWithin(0, vadWindowSamples);
    this.input.fill(0, contextSamples);
    this.input.set(window, contextSamples);
    const { output, stateN } = await this.model.run(this.inputs);
    if (stateN) {
      this.inputs['state'] = stateN;
    }
    return Number(output?.data[0] ?? 0);
  }
}
