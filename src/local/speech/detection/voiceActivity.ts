import { type InferenceSession, Tensor } from 'onnxruntime-web';
import { sampleRate } from '../../../audio/sound/sound';
import { windowSamples } from './speechBounds';

/** The model wants so many samples of what came before with each window; without them it finds no speech at all. */
const contextSamples = 64;

const firstState = () => new Tensor('float32', new Float32Array(256), [2, 1, 128]);

/** Silero VAD (v6; https://github.com/snakers4/silero-vad) over one sound, window by window. */
export class VoiceActivity {
  private readonly input = new Float32Array(contextSamples + windowSamples);
  private readonly inputs: Record<string, Tensor> = {
    input: new Tensor('float32', this.input, [1, this.input.length]),
    state: firstState(),
    sr: new Tensor('int64', [BigInt(sampleRate)], []),
  };

  constructor(private readonly model: InferenceSession) {}

  /** @returns the probability that the next `windowSamples` samples are speech; fewer are filled up with silence */
  async next(window: Float32Array): Promise<number> {
    this.input.copyWithin(0, windowSamples);
    this.input.fill(0, contextSamples);
    this.input.set(window, contextSamples);
    const { output, stateN } = await this.model.run(this.inputs);
    if (stateN) {
      this.inputs['state'] = stateN;
    }
    return Number(output?.data[0] ?? 0);
  }
}
