import assert from 'node:assert/strict';
import { parseList } from '../../../../src/core/request/parseList';

describe('parseList', () => {
  it('splits at commas, semicolons and line ends, and keeps each item once', () => {
    assert.deepEqual(parseList(' Maria, Tom  Baker;Maria\n\tAnn ,,'), ['Maria', 'Tom Baker', 'Ann']);
    assert.deepEqual(parseList(' , '), []);
  });
});
