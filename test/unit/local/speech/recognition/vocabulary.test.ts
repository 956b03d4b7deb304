import assert from 'node:assert/strict';
import { Vocabulary } from '../../../../../src/local/speech/recognition/vocabulary';

const vocabulary = new Vocabulary([
  '<unk>',
  '<s>',
  '</s>',
  '\u2581Good',
  '\u2581mor',
  'ning',
  '<0xC3>',
  '<0xA9>',
  'caf',
  ',',
]);

describe('the texts of tokens', () => {
  it('are joined into words', () => {
    assert.equal(vocabulary.text([3, 4, 5, 9]), 'Good morning,');
  });

  it('may be bytes of one character', () => {
    assert.equal(vocabulary.text([8, 6, 7]), 'café');
  });

  it('are empty for tokens that stand for nothing said, and for those beyond the vocabulary', () => {
    assert.equal(vocabulary.text([1, 0, 2, 31_999, 32_700]), '');
  });

  it('tell where a word begins', () => {
    assert.ok(vocabulary.beginsWord(4));
    assert.ok(!vocabulary.beginsWord(5) && !vocabulary.beginsWord(32_700));
  });
});
