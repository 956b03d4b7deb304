import assert from 'node:assert/strict';
import fc from 'fast-check';
import { circleStart } from '../../../../../src/local/speech/recognition/repetition';

const times = (count: number, ...tokens: number[]) => Array.from({ length: count }, () => tokens).flat();

/** Listening ever to the same place. */
const stuck = (tokens: readonly number[]) =>
  circleStart(
    tokens,
    tokens.map(() => 30),
  );
/** Listening to one place after the other. */
const listening = (tokens: readonly number[], frames = 6) =>
  circleStart(
    tokens,
    tokens.map((_, i) => i * frames),
  );

describe('noticing that a decoder goes round in circles', () => {
  it('keeps what is repeated once', () => {
    assert.equal(stuck([1, 2, ...times(6, 7)]), 3);
    assert.equal(stuck([1, 2, 3, ...times(3, 7, 8)]), 5);
    assert.equal(stuck(times(3, 1, 2, 3, 4, 5, 6)), 6);
  });

  it('is not fooled by places that go to and fro', () => {
    const tokens = times(4, 7, 8, 9);
    assert.equal(circleStart(tokens, times(4, 0, 9, 14)), 3);
    assert.equal(circleStart(tokens, [2, 4, 18, 18, 10, 18, 18, 10, 18, 10, 10, 10]), 3);
  });

  it('lets people repeat themselves', () => {
    assert.equal(listening(times(60, 5)), undefined);
    assert.equal(listening([1, 2, ...times(30, 7, 8)]), undefined);
    assert.equal(listening(times(8, 1, 2, 3, 4, 5, 6, 7), 10), undefined);
  });

  it('waits for a third time', () => {
    assert.equal(stuck([]), undefined);
    assert.equal(stuck([1, 2, ...times(2, 7, 8, 9, 10, 11)]), undefined);
    assert.equal(stuck(times(5, 7)), undefined);
  });

  it('notices that a person has stopped and it goes on', () => {
    const said = times(6, 7, 8);
    const places = said.map((_, i) => i * 6);
    assert.equal(circleStart([...said, ...times(3, 7, 8)], [...places, ...times(6, 70)]), 2);
  });

  it('finds every circle of up to 24 tokens, wherever it begins', () => {
    const beginning = fc.array(fc.nat(50), { maxLength: 20 });
    const circle = fc.array(fc.integer({ min: 100, max: 150 }), { minLength: 1, maxLength: 24 });
    fc.assert(
      fc.property(beginning, circle, (before, around) => {
        const count = stuck([...before, ...times(6, ...around)]);
        assert.ok(count !== undefined && count > before.length && count <= before.length + around.length);
      }),
    );
  });

  it('only looks at the end', () => {
    assert.equal(stuck([...times(20, 7), 1, 2, 3]), undefined);
  });
});
