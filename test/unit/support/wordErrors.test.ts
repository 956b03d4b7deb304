import assert from 'node:assert/strict';
import fc from 'fast-check';
import { countWordErrors, normalisedWords, pairWords, wordErrorRate } from '../../support/wordErrors';

describe('counting word errors', () => {
  const same: readonly (readonly [string, string])[] = [
    ['At ten o’clock, please!', "at 10 o'clock please"],
    ['12 per cent more', 'twelve percent more'],
    ['12% more', 'twelve per cent more'],
    ['1,250 people', 'one thousand two hundred fifty people'],
    ['a well-known fact', 'a well known fact'],
    ["'Quite so', she said.", 'quite so she said'],
    ['3000000', 'three million'],
    ['20 105', 'twenty one hundred five'],
  ];
  for (const [said, heard] of same) {
    it(`treats "${said}" and "${heard}" as the same`, () => {
      assert.deepEqual(normalisedWords(said), normalisedWords(heard));
      assert.equal(wordErrorRate(countWordErrors(said, heard)), 0);
    });
  }

  it('tells the kinds of errors apart', () => {
    assert.deepEqual(
      countWordErrors('the sales numbers for the quarter', 'the sales members the the quarter now'),
      {
        substitutions: 2,
        deletions: 0,
        insertions: 1,
        words: 6,
      },
    );
    assert.deepEqual(countWordErrors('more of them before', 'more before'), {
      substitutions: 0,
      deletions: 2,
      insertions: 0,
      words: 4,
    });
  });

  it('counts everything heard in silence as an error', () => {
    assert.equal(wordErrorRate(countWordErrors('', 'thank you')), 2);
  });

  it('pairs every word once and in order', () => {
    const words = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });
    fc.assert(
      fc.property(words, words, (said, heard) => {
        const pairs = pairWords(said, heard);
        assert.deepEqual(
          pairs.flatMap((pair) => pair.said ?? []),
          said.map((_, i) => i),
        );
        assert.deepEqual(
          pairs.flatMap((pair) => pair.heard ?? []),
          heard.map((_, i) => i),
        );
      }),
    );
  });

  it('never counts more errors one way than the other', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 }).map((words) => words.join(' '));
    const errors = (said: string, heard: string) => {
      const { substitutions, deletions, insertions } = countWordErrors(said, heard);
      return substitutions + deletions + insertions;
    };
    fc.assert(
      fc.property(text, text, (said, heard) => assert.equal(errors(said, heard), errors(heard, said))),
    );
  });
});
