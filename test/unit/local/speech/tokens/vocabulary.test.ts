import assert from 'node:assert/strict';
import { Vocabulary } from '../../../../../src/local/speech/tokens/vocabulary';

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

describe('Vocabulary', () => {
  it('joins the texts of tokens', () => {
    assert.equal(vocabulary.text([3, 4, 5, 9]), 'Good morning,');
  });

  it('decodes byte tokens as UTF-8', () => {
    assert.equal(vocabulary.text([8, 6, 7]), 'café');
  });

  it('has no text for special tokens and for tokens beyond the vocabulary', () => {
    assert.equal(vocabulary.text([1, 0, 2, 31_999, 32_700]), '');
  });

  it('knows which tokens begin a word', () => {
    assert.ok(vocabulary.beginsWord(4));
    assert.ok(!vocabulary.beginsWord(5) && !vocabulary.beginsWord(32_700));
  });
});
