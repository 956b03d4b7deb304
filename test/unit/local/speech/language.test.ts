import assert from 'node:assert/strict';
import fc from 'fast-check';
import { englishConfidence, type RecognisedPiece } from '../../../../src/local/speech/language';

function piece(
  changes: Partial<RecognisedPiece> & { readonly probability?: number; readonly tokens?: number },
) {
  const { probability = 0.9, tokens = 70, ...rest } = changes;
  return {
    probabilities: Array.from({ length: tokens }, () => probability),
    words: 50,
    seconds: 20,
    ended: true,
    ...rest,
  };
}

describe('confidence that the language is English', () => {
  it('is near 1 for clear speech', () => {
    assert.ok((englishConfidence([piece({})]) ?? 0) > 0.98);
  });

  it('is near 0 where the recogniser is in doubt, and uses short words only', () => {
    assert.ok((englishConfidence([piece({ probability: 0.4, words: 65 })]) ?? 1) < 0.1);
  });

  it('stays on the side of English for bad sound, where doubt comes with words of usual length', () => {
    assert.ok((englishConfidence([piece({ probability: 0.5 })]) ?? 0) > 0.9);
  });

  it('stays on the side of English for simple words that are clear', () => {
    assert.ok((englishConfidence([piece({ words: 65 })]) ?? 0) > 0.9);
  });

  it('falls where the recogniser did not come to an end', () => {
    const partly = englishConfidence([piece({}), piece({ ended: false, probability: 0.5 })]);
    const never = englishConfidence([piece({ ended: false }), piece({ ended: false })]);
    assert.ok(partly !== undefined && never !== undefined);
    assert.ok(never < 0.4 && never < partly && partly < 1);
  });

  it('is not known from less than 5 s or 10 words', () => {
    assert.equal(englishConfidence([]), undefined);
    assert.equal(englishConfidence([piece({ seconds: 4.9 })]), undefined);
    assert.equal(englishConfidence([piece({ words: 9, tokens: 12 })]), undefined);
    assert.notEqual(
      englishConfidence([piece({ words: 5, seconds: 3 }), piece({ words: 5, seconds: 3 })]),
      undefined,
    );
  });

  it('lies between 0 and 1, and does not rise with doubt', () => {
    const probability = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(probability, probability, fc.boolean(), (a, b, ended) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)].map(
          (p) => englishConfidence([piece({ probability: p, ended })]) ?? NaN,
        );
        assert.ok(less! >= 0 && more! <= 1 && less! <= more!);
      }),
    );
  });
});
