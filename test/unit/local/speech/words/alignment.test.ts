import assert from 'node:assert/strict';
import fc from 'fast-check';
import { alignToFrames } from '../../../../../src/local/speech/words/alignment';

const rows = (...all: number[][]) => all.map((row) => Float32Array.from(row));

describe('alignToFrames', () => {
  it('follows the attention', () => {
    const attention = rows([1, 0, 0, 0, 0, 0], [0, 0, 0.9, 0.1, 0, 0], [0, 0, 0, 0, 0.5, 0.5]);
    const [first, second, third] = alignToFrames(attention, 6);
    assert.equal(first, 0);
    assert.ok(second === 1 || second === 2);
    assert.equal(third, 4);
  });

  it('ignores a single step back in the attention', () => {
    const attention = rows([0.9, 0.1, 0, 0], [0.6, 0, 0.4, 0], [0, 0, 0, 1]);
    assert.deepEqual(alignToFrames(attention, 4)[2], 3);
  });

  it('assigns a frame to each token, in order', () => {
    const size = { tokens: fc.integer({ min: 1, max: 12 }), frames: fc.integer({ min: 1, max: 40 }) };
    fc.assert(
      fc.property(
        fc.record(size),
        fc.infiniteStream(fc.float({ min: 0, max: 1, noNaN: true })),
        (n, numbers) => {
          const attention = Array.from({ length: n.tokens }, () =>
            Float32Array.from({ length: n.frames }, () => Number(numbers.next().value)),
          );
          const first = alignToFrames(attention, n.frames);
          assert.equal(first.length, n.tokens);
          first.forEach((frame, i) => {
            assert.ok(frame >= (first[i - 1] ?? 0) && frame < n.frames);
          });
        },
      ),
    );
  });

  it('returns nothing without tokens', () => {
    assert.deepEqual(alignToFrames([], 10), []);
  });
});
