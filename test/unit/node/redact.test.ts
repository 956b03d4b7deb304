import assert from 'node:assert/strict';
import fc from 'fast-check';
import { redact, redactPieces } from '../../../src/node/redact';

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

  it('takes a secret out, wherever it is cut', async () => {
    const piece = fc.constantFrom('abc', 'abcab', 'd-key', 'd-', 'key', secret, 'x', '', 'a', '\n');
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
        const seen = (await piecesOf(pieces, secret)).join('');
        assert.equal(seen, redact(pieces.join(''), secret));
      }),
    );
  });

  it('holds nothing back but what may be its beginning', async () => {
    assert.deepEqual(await piecesOf(['one ', 'two abc', ' three', ' abcabcabd-k'], secret), [
      ...['one ', 'two ', 'abc three', ' ', 'abcabcabd-k'],
    ]);
  });

  it('leaves the pieces alone where the secret is none', async () => {
    assert.deepEqual(await piecesOf(['a text', 'text'], 'text'), ['a text', 'text']);
  });
});
