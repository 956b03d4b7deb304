import { type InferenceSession, Tensor } from 'onnxruntime-web';
import { floatsOf, outputOf } from '../onnx/tensors';

/** One token, and what the decoder looked at for it. */
export interface Step {
  readonly token: number;
  /** 0 to 1. */
  readonly probability: number;
  /** Of each frame of the encoder. */
  readonly attention: Float32Array;
  /** The frame with the most attention. */
  readonly place: number;
}

const layers = [0, 1, 2, 3, 4, 5];
const startToken = 1;

/**
 * The heads whose attention to the sound goes along with the words, by layer: 8 of the 48 of Moonshine tiny, picked on a LibriVox
 * reading with times by forced alignment and on twelve synthetic sentences. The others look elsewhere.
 */
const alignmentHeads = new Map([
  [3, [5, 0, 2]],
  [4, [3, 7, 6]],
  [5, [6, 4]],
]);

const attentionName = (layer: number) => `/model/decoder/layers.${layer}/encoder_attn/Softmax_output_0`;

/** The inner values of the decoder that word times are made of; its model file has to be given them as outputs. */
export const attentionOutputs: readonly string[] = [...alignmentHeads.keys()].map(attentionName);

const cacheNames = (kind: 'decoder' | 'encoder') =>
  layers.flatMap((layer) => ['key', 'value'].map((part) => `${layer}.${kind}.${part}`));
const ofTokens = cacheNames('decoder');
const ofSound = cacheNames('encoder');

/** Gives token after token for one encoded chunk, each time continuing with the most probable one. */
export class TokenDecoder {
  private readonly frames: number;
  private inputs: Record<string, Tensor>;
  private cached = ofSound.concat(ofTokens);

  constructor(
    private readonly model: InferenceSession,
    states: Tensor,
  ) {
    this.frames = states.dims[1] ?? 0;
    const empty = new Tensor('float32', new Float32Array(0), [0, 8, 1, 36]);
    this.inputs = {
      ...Object.fromEntries(this.cached.map((name) => [`past_key_values.${name}`, empty])),
      input_ids: tokenTensor(startToken),
      encoder_hidden_states: states,
      use_cache_branch: new Tensor('bool', [false], [1]),
    };
  }

  async next(): Promise<Step> {
    // What is not asked for is not copied out of the runtime's memory.
    const wanted = ['logits', ...attentionOutputs, ...this.cached.map((name) => `present.${name}`)];
    const outputs = await this.model.run(this.inputs, wanted);
    const { token, probability } = mostProbable(floatsOf(outputOf(outputs, 'logits')));
    const attention = this.sumOfHeads(outputs);
    for (const name of this.cached) {
      this.inputs[`past_key_values.${name}`] = outputOf(outputs, `present.${name}`);
    }
    this.inputs['input_ids'] = tokenTensor(token);
    this.goOnWithCache();
    return { token, probability, attention, place: positionOfLargest(attention) };
  }

  /** The branch of the model with a cache has all it needs of the sound in there, and gives none of it back. */
  private goOnWithCache(): void {
    this.cached = ofTokens;
    this.inputs['use_cache_branch'] = new Tensor('bool', [true], [1]);
    this.inputs['encoder_hidden_states'] = new Tensor('float32', new Float32Array(288), [1, 1, 288]);
  }

  private sumOfHeads(outputs: InferenceSession.OnnxValueMapType): Float32Array {
    const sum = new Float32Array(this.frames);
    for (const [layer, heads] of alignmentHeads) {
      const attention = floatsOf(outputOf(outputs, attentionName(layer)));
      for (const head of heads) {
        attention.subarray(head * this.frames, (head + 1) * this.frames).forEach((value, frame) => {
          sum[frame] = (sum[frame] ?? 0) + value;
        });
      }
    }
    return sum;
  }
}

function tokenTensor(token: number): Tensor {
  return new Tensor('int64', [BigInt(token)], [1, 1]);
}

/** The token with the largest logit, and its probability (softmax). */
export function mostProbable(logits: Float32Array): { token: number; probability: number } {
  const token = positionOfLargest(logits);
  const largest = logits[token] ?? 0;
  let sum = 0;
  for (const logit of logits) {
    // Even together, the many thousands below do not count.
    if (logit > largest - 17) {
      sum += Math.exp(logit - largest);
    }
  }
  return { token, probability: 1 / sum };
}

function positionOfLargest(values: Float32Array): number {
  let position = 0;
  let largest = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    if (value > largest) {
      largest = value;
      position = i;
    }
  }
  return position;
}
