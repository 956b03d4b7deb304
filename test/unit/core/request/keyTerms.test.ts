import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkOptions } from '../../../../src/core/request/checkOptions';
import { mergeKeyTerms, parseGlossary, withKeyTerms } from '../../../../src/core/request/keyTerms';

const contextual = { speech_models: ['assemblyai-stt-3-7', 'universal-2'] };
const broad = { speech_models: ['universal-2'] };

const merge = (options: object, ...lists: readonly (readonly string[])[]) =>
  mergeKeyTerms(
    lists.map((terms, index) => ({ name: `source ${index}`, terms })),
    { ...options },
  );

describe('mergeKeyTerms', () => {
  it('keeps the order of sources, and each term once, ignoring case and blanks', () => {
    assert.deepEqual(
      merge(contextual, ['Steno', ' release  branch '], ['STENO', 'Release Branch', 'Heron', '']),
      {
        terms: ['Steno', 'release branch', 'Heron'],
        dropped: [],
      },
    );
  });

  it('says which terms are too long', () => {
    const term = 'one two three four five six seven';
    assert.deepEqual(merge({}, [term, 'one two three four five six']), {
      terms: ['one two three four five six'],
      dropped: [{ term, reason: 'more than 6 words' }],
    });
  });

  it('drops terms that universal-2 ignores', () => {
    const long = 'x'.repeat(51);
    assert.deepEqual(merge(broad, ['abcd', 'abcde', long]), {
      terms: ['abcde'],
      dropped: [
        { term: 'abcd', reason: 'shorter than 5 characters, which universal-2 passes over' },
        { term: long, reason: 'longer than 50 characters, which universal-2 passes over' },
      ],
    });
    assert.deepEqual(merge(contextual, ['abcd', long]).terms, ['abcd', long]);
  });

  for (const [options, most, model] of [
    [contextual, 1000, 'assemblyai-stt-3-7'],
    [{}, 1000, 'assemblyai-stt-3-7'],
    [{ speech_models: ['universal-2', 'assemblyai-stt-3-7'] }, 1000, 'assemblyai-stt-3-7'],
    [{ speech_models: ['universal-3-5-pro', 'universal-2'] }, 1000, 'universal-3-5-pro'],
    [{ speech_models: ['universal-2', 'universal-4'] }, 1000, 'assemblyai-stt-3-7'],
    [broad, 200, 'universal-2'],
  ] as const) {
    it(`keeps ${most} terms for ${JSON.stringify(options)}`, () => {
      const many = Array.from({ length: most + 2 }, (_, index) => `heron ${index}`);
      const { terms, dropped } = merge(options, many);
      assert.deepEqual(terms, many.slice(0, most));
      assert.deepEqual(
        dropped,
        many.slice(most).map((term) => ({ term, reason: `more than ${most} terms, the most for ${model}` })),
      );
    });
  }

  it('reports every dropped term, and makes only options without errors', () => {
    const lists = fc.array(fc.array(fc.oneof(fc.string(), fc.lorem({ maxCount: 8 })), { maxLength: 250 }), {
      maxLength: 3,
    });
    fc.assert(
      fc.property(lists, fc.constantFrom(contextual, broad, {}), (sources, options) => {
        const { terms, dropped } = merge(options, ...sources);
        const keys = [...terms, ...dropped.map(({ term }) => term)].map((term) => term.toLowerCase());
        assert.equal(new Set(keys).size, keys.length);
        for (const term of sources.flat()) {
          const key = term.trim().replaceAll(/\s+/g, ' ').toLowerCase();
          assert.ok(key === '' || keys.includes(key), term);
        }
        assert.deepEqual(merge(options, terms), { terms, dropped: [] });
        assert.deepEqual(checkOptions(withKeyTerms(options, terms)), []);
      }),
    );
  });
});

describe('withKeyTerms', () => {
  it('replaces the terms, and removes the parameter where there are none', () => {
    assert.deepEqual(withKeyTerms({ prompt: 'x', keyterms_prompt: ['a'] }, ['b']), {
      prompt: 'x',
      keyterms_prompt: ['b'],
    });
    assert.deepEqual(withKeyTerms({ prompt: 'x', keyterms_prompt: ['a'] }, []), { prompt: 'x' });
  });
});

describe('parseGlossary', () => {
  it('reads one term per line, with any line ends', () => {
    assert.deepEqual(parseGlossary('\uFEFF# Birds\r\nHeron\r\n\n  Great Egret \r#\nC#\n'), [
      'Heron',
      'Great Egret',
      'C#',
    ]);
  });
});
