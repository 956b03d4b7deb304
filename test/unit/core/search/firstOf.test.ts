import assert from 'node:assert/strict';
import { firstOf } from '../../../../src/core/search/firstOf';

describe('The first of many', () => {
  function* numbers(): Generator<number> {
    for (let number = 1; ; number++) {
      yield number;
    }
  }

  it('are as many as wanted, or as there are', () => {
    assert.deepEqual(firstOf(numbers(), 3), [1, 2, 3]);
    assert.deepEqual(firstOf(numbers(), 0), []);
    assert.deepEqual(firstOf([1, 2], 3), [1, 2]);
  });
});
