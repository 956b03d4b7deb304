import assert from 'node:assert/strict';
import fc from 'fast-check';
import { englishConfidence, type ChunkStatistics } from '../../../../src/local/speech/englishConfidence';

/** A chunk of 20 s in which the recogniser was fairly sure of its 70 tokens, except for `changes`. */
function chunk(
  changes: Partial<ChunkStatistics> & { readonly probability?: number; readonly tokens?: number },
): ChunkStatistics {
  const { probability = 0.9, tokens = 70, ...rest } = changes;
  return {
    tokenProbabilities: Array.from({ length: tokens }, () => probability),
    wordCount: 50,
    seconds: 20,
    isWhole: true,
    ...rest,
  };
}

describe('englishConfidence', () => {
  it('is near 1 for clear speech', () => {
    assert.ok((englishConfidence([chunk({})]) ?? 0) > 0.98);
  });

  it('is near 0 when the recogniser is in doubt and finds only short words', () => {
    assert.ok((englishConfidence([chunk({ probability: 0.4, wordCount: 65 })]) ?? 1) < 0.1);
  });

  it('stays high for bad sound, when the recogniser is in doubt but finds words of usual length', () => {
    assert.ok((englishConfidence([chunk({ probability: 0.5 })]) ?? 0) > 0.9);
  });

  it('stays high for short words that are clear', () => {
    assert.ok((englishConfidence([chunk({ wordCount: 65 })]) ?? 0) > 0.9);
  });

  it('falls when the recogniser did not reach the end', () => {
    const partly = englishConfidence([chunk({}), chunk({ isWhole: false, probability: 0.5 })]);
    const never = englishConfidence([chunk({ isWhole: false }), chunk({ isWhole: false })]);
    assert.ok(partly !== undefined && never !== undefined);
    assert.ok(never < 0.4 && never < partly && partly < 1);
  });

  it('is undefined for less than 5 s or 10 words', () => {
    assert.equal(englishConfidence([]), undefined);
    assert.equal(englishConfidence([chunk({ seconds: 4.9 })]), undefined);
    assert.equal(englishConfidence([chunk({ wordCount: 9, tokens: 12 })]), undefined);
    assert.notEqual(
      englishConfidence([chunk({ wordCount: 5, seconds: 3 }), chunk({ wordCount: 5, seconds: 3 })]),
      undefined,
    );
  });

  it('lies between 0 and 1 and does not rise with doubt', () => {
    const probability = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(probability, probability, fc.boolean(), (a, b, isWhole) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)].map(
          (p) => englishConfidence([chunk({ probability: p, isWhole })]) ?? NaN,
        );
        assert.ok(less! >= 0 && more! <= 1 && less! <= more!);
      }),
    );
  });
});
