import assert from 'node:assert/strict';
import { DisposableStore } from '../../../../src/host/platform/disposableStore';

describe('DisposableStore', () => {
  let disposed: string[];
  const part = (name: string): { dispose(): void } => ({ dispose: () => void disposed.push(name) });

  beforeEach(() => (disposed = []));

  it('disposes all that was added, once, the last first', () => {
    const store = new DisposableStore();
    const first = part('first');
    assert.equal(store.add(first), first);
    store.add(part('second'));
    assert.deepEqual(disposed, []);
    store.dispose();
    store.dispose();
    assert.deepEqual(disposed, ['second', 'first']);
  });

  it('disposes at once what is added afterwards', () => {
    const store = new DisposableStore();
    store.dispose();
    store.add(part('late'));
    assert.deepEqual(disposed, ['late']);
  });

  it('disposes the others when one of them fails, and says so then', () => {
    const store = new DisposableStore();
    store.add(part('first'));
    store.add({ dispose: () => assert.fail('stuck') });
    store.add(part('last'));
    assert.throws(() => store.dispose(), AggregateError);
    assert.deepEqual(disposed, ['last', 'first']);
  });
});
