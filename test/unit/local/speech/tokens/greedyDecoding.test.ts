import assert from 'node:assert/strict';
import { decodeGreedily } from '../../../../../src/local/speech/tokens/greedyDecoding';
import { mostProbableToken } from '../../../../../src/local/speech/tokens/tokenDecoder';
import { Cancelled } from '../../../../../src/local/recognition/recogniser';

const endToken = 2;
const never = () => false;

/** A decoder that returns these tokens and then keeps returning the last one. */
function decoderOf(...tokens: number[]) {
  let calls = 0;
  return {
    calls: () => calls,
    next: () => {
      const token = tokens[Math.min(calls++, tokens.length - 1)]!;
      return Promise.resolve({
        token,
        probability: token / 100,
        attention: Float32Array.of(token),
        attendedFrame: 7,
      });
    },
  };
}

describe('decodeGreedily', () => {
  it('decodes up to the end token', async () => {
    assert.deepEqual(await decodeGreedily(decoderOf(10, 20, endToken), 50, never), {
      tokens: [10, 20],
      probabilities: [0.1, 0.2],
      attention: [Float32Array.of(10), Float32Array.of(20), Float32Array.of(endToken)],
      reachedEnd: true,
    });
  });

  it('stops at the limit', async () => {
    const decoded = await decodeGreedily(decoderOf(10, 20, 30, 40), 3, never);
    assert.deepEqual(
      [decoded.tokens, decoded.attention.length, decoded.reachedEnd],
      [[10, 20, 30], 3, false],
    );
  });

  it('keeps the tokens of a loop once', async () => {
    const decoder = decoderOf(10, 20, 30);
    const decoded = await decodeGreedily(decoder, 1000, never);
    assert.deepEqual(
      [decoded.tokens, decoded.attention.length, decoded.reachedEnd],
      [[10, 20, 30], 3, false],
    );
    assert.ok(decoder.calls() < 20);
  });

  it('checks before each token whether it is cancelled', async () => {
    const decoder = decoderOf(10);
    await assert.rejects(
      decodeGreedily(decoder, 50, () => decoder.calls() === 3),
      Cancelled,
    );
    assert.equal(decoder.calls(), 3);
  });
});

describe('mostProbableToken', () => {
  it('returns the largest logit with its softmax', () => {
    const logits = new Float32Array(32_768).fill(-30);
    logits[400] = 2;
    logits[500] = 2 - Math.log(3);
    const { token, probability } = mostProbableToken(logits);
    assert.equal(token, 400);
    assert.ok(Math.abs(probability - 0.75) < 1e-4);
  });

  it('returns the first of several largest logits', () => {
    const { token, probability } = mostProbableToken(Float32Array.of(1, 3, 3, 3));
    assert.equal(token, 1);
    assert.ok(Math.abs(probability - 0.31) < 0.01);
  });
});
