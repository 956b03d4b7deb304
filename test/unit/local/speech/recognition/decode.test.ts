import assert from 'node:assert/strict';
import { decode } from '../../../../../src/local/speech/recognition/recogniser';
import { mostProbable } from '../../../../../src/local/speech/recognition/tokenDecoder';
import { Cancelled } from '../../../../../src/local/speech/heard/speech';

const end = 2;
const never = () => false;

/** Gives these tokens, and then the last again and again. */
function saying(...tokens: number[]) {
  let calls = 0;
  return {
    calls: () => calls,
    next: () => {
      const token = tokens[Math.min(calls++, tokens.length - 1)]!;
      return Promise.resolve({
        token,
        probability: token / 100,
        attention: Float32Array.of(token),
        place: 7,
      });
    },
  };
}

describe('greedy decoding', () => {
  it('goes on to the end token', async () => {
    assert.deepEqual(await decode(saying(10, 20, end), 50, never), {
      tokens: [10, 20],
      probabilities: [0.1, 0.2],
      attention: [Float32Array.of(10), Float32Array.of(20), Float32Array.of(end)],
      ended: true,
    });
  });

  it('stops at the limit', async () => {
    const decoded = await decode(saying(10, 20, 30, 40), 3, never);
    assert.deepEqual([decoded.tokens, decoded.attention.length, decoded.ended], [[10, 20, 30], 3, false]);
  });

  it('says once what it would say for ever', async () => {
    const decoder = saying(10, 20, 30);
    const decoded = await decode(decoder, 1000, never);
    assert.deepEqual([decoded.tokens, decoded.attention.length, decoded.ended], [[10, 20, 30], 3, false]);
    assert.ok(decoder.calls() < 20);
  });

  it('asks before each token whether to go on', async () => {
    const decoder = saying(10);
    await assert.rejects(
      decode(decoder, 50, () => decoder.calls() === 3),
      Cancelled,
    );
    assert.equal(decoder.calls(), 3);
  });
});

describe('choosing a token', () => {
  it('takes the largest logit with its softmax', () => {
    const logits = new Float32Array(32_768).fill(-30);
    logits[400] = 2;
    logits[500] = 2 - Math.log(3);
    const { token, probability } = mostProbable(logits);
    assert.equal(token, 400);
    assert.ok(Math.abs(probability - 0.75) < 1e-4);
  });

  it('takes the first of equal ones', () => {
    const { token, probability } = mostProbable(Float32Array.of(1, 3, 3, 3));
    assert.equal(token, 1);
    assert.ok(Math.abs(probability - 0.31) < 0.01);
  });
});
