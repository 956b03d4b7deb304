import assert from 'node:assert/strict';
import fc from 'fast-check';
import { redact, redactPieces, withBareAddresses } from '../../../src/node/redact';

describe('redact', () => {
  const secret = '0123456789abcdef';

  it('removes a secret, wherever and however often it occurs', () => {
    assert.equal(redact(`${secret}, x${secret}${secret}`, secret), '[API key], x[API key][API key]');
    assert.equal(redact('nothing', secret), 'nothing');
    assert.equal(redact('a.*[]()+?^{}|$&\\|||b', '.*[]()+?^{}|$&\\|||'), 'a[API key]b', 'no pattern');
  });

  it('leaves the text alone if the secret is too short', () => {
    for (const short of ['', '1', 'id', 'text', secret.slice(0, 7)]) {
      assert.equal(redact(`{"id":1,"text":"${secret}"}`, short), `{"id":1,"text":"${secret}"}`);
    }
  });
});

describe('withBareAddresses', () => {
  it('leaves host and path of each address, also of many that run into each other', () => {
    assert.equal(
      withBareAddresses('at http://me:pa@ss@a.test:80/x@y?k=1#f, <https://b.test#t> and "HTTP://c.test"'),
      'at http://a.test:80/x@y <https://b.test> and "HTTP://c.test"',
    );
    assert.equal(withBareAddresses(`${'http://'.repeat(50_000)}?k`), 'http://'.repeat(50_000));
    assert.equal(withBareAddresses(`http://${'a@'.repeat(50_000)}b`), 'http://b');
  });
});

describe('redactPieces', () => {
  const secret = 'abcabcabd-key';

  async function piecesOf(pieces: readonly string[], hidden: string): Promise<string[]> {
    const seen: string[] = [];
    for await (const piece of redactPieces(
      (async function* () {
        yield* pieces;
        await Promise.resolve();
      })(),
      hidden,
    )) {
      seen.push(piece);
    }
    return seen;
  }

  it('removes a secret, wherever it is cut', async () => {
    const piece = fc.constantFrom('abc', 'abcab', 'd-key', 'd-', 'key', secret, 'x', '', 'a', '\n');
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
        const seen = (await piecesOf(pieces, secret)).join('');
        assert.equal(seen, redact(pieces.join(''), secret));
      }),
    );
  });

  it('holds back only what may be the beginning of the secret', async () => {
    assert.deepEqual(await piecesOf(['one ', 'two abc', ' three', ' abcabcabd-k'], secret), [
      ...['one ', 'two ', 'abc three', ' ', 'abcabcabd-k'],
    ]);
  });

  it('leaves the pieces alone if the secret is too short', async () => {
    assert.deepEqual(await piecesOf(['a text', 'text'], 'text'), ['a text', 'text']);
  });
});
