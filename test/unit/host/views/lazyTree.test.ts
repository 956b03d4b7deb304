import assert from 'node:assert/strict';
import { LazyTree } from '../../../../src/host/views/lazyTree';
import { CountedEmitter, DisposableCounter } from '../../../support/disposables';

type Lines = string[] | undefined;

describe('LazyTree', () => {
  const begin = (fails = 0) => {
    const counter = new DisposableCounter();
    const own = new CountedEmitter<Lines>(counter);
    const loaded = new CountedEmitter<Lines>(new DisposableCounter());
    const loads: string[] = [];
    const inner = {
      onDidChangeTreeData: (listener: (lines: Lines) => unknown) => {
        const [counted, listening] = [counter.create('subscription'), loaded.event(listener)];
        return {
          dispose: () => {
            listening.dispose();
            counted.dispose();
          },
        };
      },
      getChildren: (line?: string) => [`below ${line ?? 'the root'}`],
      getTreeItem: (label: string) => ({ label }),
    };
    const load = (): Promise<typeof inner> => {
      loads.push('load');
      return loads.length <= fails ? Promise.reject(new Error('not yet')) : Promise.resolve(inner);
    };
    const tree = new LazyTree<string>(own, load);
    return { tree, loads, loaded, counter };
  };

  it('loads the tree once, when it is first shown', async () => {
    const { tree, loads } = begin();
    assert.deepEqual(loads, []);
    assert.deepEqual(await tree.getChildren(), ['below the root']);
    assert.deepEqual(await tree.getChildren('a'), ['below a']);
    assert.deepEqual(await tree.getTreeItem('a'), { label: 'a' });
    assert.deepEqual(loads, ['load']);
  });

  it('tries again after loading has failed', async () => {
    const { tree, loads } = begin(1);
    await assert.rejects(tree.getChildren(), /not yet/);
    assert.deepEqual(await tree.getChildren(), ['below the root']);
    assert.equal(loads.length, 2);
  });

  it('passes on the changes of the tree', async () => {
    const { tree, loaded } = begin();
    const changes: Lines[] = [];
    tree.onDidChangeTreeData((lines) => changes.push(lines));
    await tree.getChildren();
    loaded.fire(undefined);
    loaded.fire(['a']);
    assert.deepEqual(changes, [undefined, ['a']]);
  });

  it('disposes of its emitter and of its subscription to the tree', async () => {
    const { tree, counter } = begin();
    await tree.getChildren();
    assert.deepEqual(counter.live, ['emitter', 'subscription']);
    tree.dispose();
    assert.deepEqual(counter.live, []);
  });

  it('keeps no subscription when the tree is loaded after it was disposed of', async () => {
    const { tree, counter } = begin();
    const children = tree.getChildren();
    tree.dispose();
    await children;
    assert.deepEqual(counter.live, []);
  });
});
