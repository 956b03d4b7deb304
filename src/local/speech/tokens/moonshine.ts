import { type InferenceSession, Tensor } from 'onnxruntime-web';
import { sampleRate } from '../../../audio/sound/sound';
import { floatsOf, outputOf } from '../onnx/tensors';
import { decodeGreedily, type DecodedTokens } from './greedyDecoding';
import { TokenDecoder } from './tokenDecoder';

/**
 * Encoder layers in which voices differ: the convolutional front end and the first transformer layer, 288 values per frame
 * each. Later layers say less about the speaker.
 */
export const voiceLayers = ['/Transpose_output_0', '/layers.0/Add_1_output_0'] as const;

/** What Moonshine recognised in a chunk. */
export interface RecognisedChunk extends DecodedTokens {
  /** Number of encoder frames, of 24 ms each. */
  readonly frames: number;
  /** The outputs of `voiceLayers`, each frame by frame. */
  readonly layers: readonly Float32Array[];
}

/** Fluent speech has about four tokens per second, fast counting six and a half; far more than that is made up. */
const maxTokensPerSecond = 9;
/** The limit never gets lower than this, however short the chunk. */
const minTokenLimit = 6;

/** Moonshine tiny (https://arxiv.org/abs/2410.15608): turns sound into tokens. */
export class Moonshine {
  constructor(
    private readonly encoder: InferenceSession,
    private readonly decoder: InferenceSession,
  ) {}

  /**
   * @param samples at 16 kHz, up to about 20 s
   * @throws Cancelled
   */
  async recognise(samples: Float32Array, isCancelled: () => boolean): Promise<RecognisedChunk> {
    const encoded = await this.encoder.run({
      input_values: new Tensor('float32', samples, [1, samples.length]),
    });
    const states = outputOf(encoded, 'last_hidden_state');
    const decoder = new TokenDecoder(this.decoder, states);
    const maxTokens = Math.max(minTokenLimit, Math.trunc((samples.length / sampleRate) * maxTokensPerSecond));
    return {
      ...(await decodeGreedily(decoder, maxTokens, isCancelled)),
      frames: states.dims[1] ?? 0,
      layers: voiceLayers.map((name) => floatsOf(outputOf(encoded, name))),
    };
  }
}
