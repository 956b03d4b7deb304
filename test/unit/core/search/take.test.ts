import assert from 'node:assert/strict';
import { take } from '../../../../src/core/search/take';

describe('The first of many', () => {
  function* numbers(): Generator<number> {
    for (let number = 1; ; number++) {
      yield number;
    }
  }

  it('are as many as requested, or as there are', () => {
    assert.deepEqual(take(numbers(), 3), [1, 2, 3]);
    assert.deepEqual(take(numbers(), 0), []);
    assert.deepEqual(take([1, 2], 3), [1, 2]);
  });
});
