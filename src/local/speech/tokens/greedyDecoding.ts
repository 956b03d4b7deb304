import { Cancelled } from '../../recognition/recogniser';
import { lengthWithoutLoop } from './repetition';
import type { DecodingStep } from './tokenDecoder';

/** Number of the token that marks the end. */
const endToken = 2;

/** The tokens that greedy decoding found. */
export interface DecodedTokens {
  /** Without the end token. */
  readonly tokens: readonly number[];
  /** Probability of each token, 0 to 1. */
  readonly probabilities: readonly number[];
  /** For each token, and for the end token if it came: how much attention the decoder paid to each frame. */
  readonly attention: readonly Float32Array[];
  /** Whether the decoder came to the end token, instead of the limit or a loop. */
  readonly reachedEnd: boolean;
}

/**
 * Repeatedly takes the most probable token, until the end token, the limit or a loop.
 *
 * @throws Cancelled
 */
export async function decodeGreedily(
  decoder: { next(): Promise<DecodingStep> },
  maxTokens: number,
  isCancelled: () => boolean,
): Promise<DecodedTokens> {
  const steps: DecodingStep[] = [];
  const tokens: number[] = [];
  const upTo = (count: number, reachedEnd: boolean): DecodedTokens => ({
    tokens: tokens.slice(0, count),
    probabilities: steps.slice(0, count).map(({ probability }) => probability),
    attention: steps.slice(0, reachedEnd ? count + 1 : count).map(({ attention }) => attention),
    reachedEnd,
  });
  while (tokens.length < maxTokens) {
    if (isCancelled()) {
      throw new Cancelled();
    }
    const step = await decoder.next();
    steps.push(step);
    if (step.token === endToken) {
      return upTo(tokens.length, true);
    }
    tokens.push(step.token);
    const length = lengthWithoutLoop(
      tokens,
      steps.map(({ attendedFrame }) => attendedFrame),
    );
    if (length !== undefined) {
      return upTo(length, false);
    }
  }
  return upTo(tokens.length, false);
}
