import assert from 'node:assert/strict';
import { isWellFormedKey } from '../../../src/assemblyai/apiKey';

describe('isWellFormedKey', () => {
  it('accepts characters that a header can contain', () => {
    for (const key of ['0123456789abcdef0123456789abcdef', 'key', '!~']) {
      assert.ok(isWellFormedKey(key), key);
    }
    for (const key of [
      '',
      'two words',
      ' key',
      'key\n',
      'key\r\nx-evil: 1',
      'schlüssel',
      'k\u0000',
      '\u200bkey',
    ]) {
      assert.ok(!isWellFormedKey(key), JSON.stringify(key));
    }
  });
});
