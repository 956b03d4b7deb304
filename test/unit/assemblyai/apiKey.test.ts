import assert from 'node:assert/strict';
import { isWellFormedKey, keyInPaste } from '../../../src/assemblyai/apiKey';

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

describe('keyInPaste', () => {
  const key = '0123456789abcdef0123456789abcdef';
  for (const paste of [
    key,
    ` ${key}\r\n`,
    `"${key}"`,
    `'${key}',`,
    `Bearer ${key}`,
    `Authorization: ${key}`,
    `authorization: Bearer ${key}`,
    `"authorization": "${key}",`,
    `ASSEMBLYAI_API_KEY=${key}`,
    `export ASSEMBLYAI_API_KEY="${key}"`,
    `set ASSEMBLYAI_API_KEY=${key}`,
    `$env:ASSEMBLYAI_API_KEY = "${key}"`,
    `aai.settings.api_key = "${key}"`,
    `<${key}>`,
  ]) {
    it(`is found in ${JSON.stringify(paste)}`, () => {
      assert.equal(keyInPaste(paste), key);
    });
  }

  it('is the whole text where that is a key of another kind, or none', () => {
    for (const other of ['maria:secret', 'team-key:secret', 'c2VjcmV0OnNlY3JldA==', 'two words', 'kéy', '']) {
      assert.equal(keyInPaste(other), other);
    }
  });
});
