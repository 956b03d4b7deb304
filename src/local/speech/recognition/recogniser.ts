import { type InferenceSession, Tensor } from 'onnxruntime-web';
import { sampleRate } from '../../../audio/sound/sound';
import { floatsOf, outputOf } from '../onnx/tensors';
import { Cancelled } from '../heard/speech';
import { circleStart } from './repetition';
import { type Step, TokenDecoder } from './tokenDecoder';

/**
 * States of the encoder in which voices differ: its convolutional front end and its first layer, of 288 numbers a frame. The later
 * they are, the less they say about the speaker.
 */
export const voiceLayers = ['/Transpose_output_0', '/layers.0/Add_1_output_0'] as const;

/** What the recogniser makes of a chunk. */
export interface Recognised {
  /** Without the one that stands for the end. */
  readonly tokens: readonly number[];
  /** Of each token, 0 to 1. */
  readonly probabilities: readonly number[];
  /** How much each token, and the end if it came, has to do with each frame. */
  readonly attention: readonly Float32Array[];
  /** Steps of the encoder, of 24 ms. */
  readonly frames: number;
  /** `voiceLayers`, frame by frame. */
  readonly layers: readonly Float32Array[];
  /** Whether it came to an end by itself: no token limit, no going round in circles. */
  readonly ended: boolean;
}

/** Fluent speech has some four tokens a second, and counting fast six and a half; what is far beyond is invented. */
const tokensPerSecond = 9;
const fewestTokens = 6;
const endToken = 2;

/** Moonshine tiny (https://arxiv.org/abs/2410.15608): sound in, the most probable token after token out. */
export class Recogniser {
  constructor(
    private readonly encoder: InferenceSession,
    private readonly decoder: InferenceSession,
  ) {}

  /**
   * @param samples up to some 20 s
   * @throws Cancelled
   */
  async recognise(samples: Float32Array, isCancelled: () => boolean): Promise<Recognised> {
    const encoded = await this.encoder.run({
      input_values: new Tensor('float32', samples, [1, samples.length]),
    });
    const states = outputOf(encoded, 'last_hidden_state');
    const decoder = new TokenDecoder(this.decoder, states);
    const mostTokens = Math.max(fewestTokens, Math.trunc((samples.length / sampleRate) * tokensPerSecond));
    return {
      ...(await decode(decoder, mostTokens, isCancelled)),
      frames: states.dims[1] ?? 0,
      layers: voiceLayers.map((name) => floatsOf(outputOf(encoded, name))),
    };
  }
}

type Decoded = Pick<Recognised, 'tokens' | 'probabilities' | 'attention' | 'ended'>;

/** Greedily takes the most probable token, until the end, the limit or a circle. */
export async function decode(
  decoder: { next(): Promise<Step> },
  mostTokens: number,
  isCancelled: () => boolean,
): Promise<Decoded> {
  const steps: Step[] = [];
  const tokens: number[] = [];
  const upTo = (count: number, ended: boolean): Decoded => ({
    tokens: tokens.slice(0, count),
    probabilities: steps.slice(0, count).map(({ probability }) => probability),
    attention: steps.slice(0, ended ? count + 1 : count).map(({ attention }) => attention),
    ended,
  });
  while (tokens.length < mostTokens) {
    if (isCancelled()) {
      throw new Cancelled();
    }
    const step = await decoder.next();
    steps.push(step);
    if (step.token === endToken) {
      return upTo(tokens.length, true);
    }
    tokens.push(step.token);
    const circle = circleStart(
      tokens,
      steps.map(({ place }) => place),
    );
    if (circle !== undefined) {
      return upTo(circle, false);
    }
  }
  return upTo(tokens.length, false);
}
