import assert from 'node:assert/strict';
import { withoutLinks } from '../../../../src/core/plainMessage';
import { redact } from '../../../../src/core/redact';

describe('redact', () => {
  const secret = '0123456789abcdef';

  it('takes a secret out, wherever and however often it stands', () => {
    assert.equal(redact(`${secret}, x${secret}${secret}`, secret), '[API key], x[API key][API key]');
    assert.equal(redact('nothing', secret), 'nothing');
    assert.equal(redact('a.*[]()+?^{}|$&\\|||b', '.*[]()+?^{}|$&\\|||'), 'a[API key]b', 'no pattern');
  });

  it('leaves the text alone where the secret is none', () => {
    for (const short of ['', '1', 'id', 'text', secret.slice(0, 7)]) {
      assert.equal(redact(`{"id":1,"text":"${secret}"}`, short), `{"id":1,"text":"${secret}"}`);
    }
  });
});

describe('withoutLinks', () => {
  it('breaks links, and nothing else', () => {
    assert.equal(withoutLinks('[a](command:b) [c](d)](e)'), '[a] (command:b) [c] (d)] (e)');
    assert.equal(withoutLinks('talk [1] (final).mp3'), 'talk [1] (final).mp3');
  });
});
