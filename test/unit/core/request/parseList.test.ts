import assert from 'node:assert/strict';
import { parseList } from '../../../../src/core/request/parseList';

describe('parseList', () => {
  it('takes what commas, semicolons and line ends separate, each once', () => {
    assert.deepEqual(parseList(' Maria, Tom  Baker;Maria\n\tAnn ,,'), ['Maria', 'Tom Baker', 'Ann']);
    assert.deepEqual(parseList(' , '), []);
  });
});
