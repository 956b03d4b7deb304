import assert from 'node:assert/strict';
import fc from 'fast-check';
import { lengthWithoutLoop } from '../../../../../src/local/speech/tokens/repetition';

const times = (count: number, ...tokens: number[]) => Array.from({ length: count }, () => tokens).flat();

/** All attention on the same frame. */
const withFixedAttention = (tokens: readonly number[]) =>
  lengthWithoutLoop(
    tokens,
    tokens.map(() => 30),
  );
/** Attention that moves on by some frames with each token. */
const withMovingAttention = (tokens: readonly number[], frames = 6) =>
  lengthWithoutLoop(
    tokens,
    tokens.map((_, i) => i * frames),
  );

describe('lengthWithoutLoop', () => {
  it('keeps the tokens of a loop once', () => {
    assert.equal(withFixedAttention([1, 2, ...times(6, 7)]), 3);
    assert.equal(withFixedAttention([1, 2, 3, ...times(3, 7, 8)]), 5);
    assert.equal(withFixedAttention(times(3, 1, 2, 3, 4, 5, 6)), 6);
  });

  it('finds loops in which the attention goes back and forth', () => {
    const tokens = times(4, 7, 8, 9);
    assert.equal(lengthWithoutLoop(tokens, times(4, 0, 9, 14)), 3);
    assert.equal(lengthWithoutLoop(tokens, [2, 4, 18, 18, 10, 18, 18, 10, 18, 10, 10, 10]), 3);
  });

  it('lets people repeat themselves', () => {
    assert.equal(withMovingAttention(times(60, 5)), undefined);
    assert.equal(withMovingAttention([1, 2, ...times(30, 7, 8)]), undefined);
    assert.equal(withMovingAttention(times(8, 1, 2, 3, 4, 5, 6, 7), 10), undefined);
  });

  it('finds no loop before the third time', () => {
    assert.equal(withFixedAttention([]), undefined);
    assert.equal(withFixedAttention([1, 2, ...times(2, 7, 8, 9, 10, 11)]), undefined);
    assert.equal(withFixedAttention(times(5, 7)), undefined);
  });

  it('finds a loop that starts when a person stops repeating', () => {
    const said = times(6, 7, 8);
    const frames = said.map((_, i) => i * 6);
    assert.equal(lengthWithoutLoop([...said, ...times(3, 7, 8)], [...frames, ...times(6, 70)]), 2);
  });

  it('finds every loop of up to 24 tokens, wherever it starts', () => {
    const beginning = fc.array(fc.nat(50), { maxLength: 20 });
    const loop = fc.array(fc.integer({ min: 100, max: 150 }), { minLength: 1, maxLength: 24 });
    fc.assert(
      fc.property(beginning, loop, (before, repeated) => {
        const count = withFixedAttention([...before, ...times(6, ...repeated)]);
        assert.ok(count !== undefined && count > before.length && count <= before.length + repeated.length);
      }),
    );
  });

  it('ignores loops that do not last until the end', () => {
    assert.equal(withFixedAttention([...times(20, 7), 1, 2, 3]), undefined);
  });
});
