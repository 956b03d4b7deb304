import assert from 'node:assert/strict';
import { DisposableStore } from '../../../../src/host/platform/disposables';
import { DisposableCounter } from '../../../support/disposables';

describe('DisposableStore', () => {
  it('disposes of everything once, the newest first', () => {
    const disposed: string[] = [];
    const store = new DisposableStore();
    for (const name of ['first', 'second', 'third']) {
      store.add({ dispose: () => disposed.push(name) });
    }
    assert.deepEqual([disposed, store.isDisposed], [[], false]);
    store.dispose();
    store.dispose();
    assert.deepEqual([disposed, store.isDisposed], [['third', 'second', 'first'], true]);
  });

  it('returns what is added, and disposes of it at once if it comes too late', () => {
    const counter = new DisposableCounter();
    const store = new DisposableStore();
    const early = counter.create('early');
    assert.equal(store.add(early), early);
    store.dispose();
    const late = counter.create('late');
    assert.equal(store.add(late), late);
    assert.deepEqual(counter.live, []);
  });

  it('disposes of the others when one of them throws, and tells what was thrown', () => {
    const counter = new DisposableCounter();
    const store = new DisposableStore();
    const broken = new Error('broken');
    store.add(counter.create('first'));
    store.add({
      dispose: () => {
        throw broken;
      },
    });
    store.add(counter.create('last'));
    assert.throws(
      () => store.dispose(),
      (thrown: AggregateError) => thrown.errors.length === 1 && thrown.errors[0] === broken,
    );
    assert.deepEqual(counter.live, []);
  });
});
