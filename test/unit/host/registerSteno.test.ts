import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { App } from '../../../src/host/app';
import { commandIds, toolNames } from '../../../src/host/platform/manifest';
import { registerSteno, type EditorParts } from '../../../src/host/registerSteno';
import { CountedEmitter, DisposableCounter } from '../../support/disposables';
import { eventually } from '../../support/eventually';
import { VirtualClock } from '../../support/virtualClock';
import { addText, removeFolder, temporaryFolder } from '../../support/vscode/workspace';

type Run = (...args: unknown[]) => Promise<unknown>;

/** What the view shows. */
interface Provider {
  getChildren(): Promise<unknown>;
}

describe('registerSteno', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await temporaryFolder('register');
  });
  afterEach(() => removeFolder(folder));

  const begin = () => {
    const counter = new DisposableCounter();
    const clock = new VirtualClock();
    const commands = new Map<string, Run>();
    const providers: Provider[] = [];
    const created: string[] = [];
    const treeData = new CountedEmitter<undefined>(new DisposableCounter());
    const app = {
      commands: Object.fromEntries(commandIds.map((id) => [id, () => Promise.resolve(`did ${id}`)])),
      tools: Object.fromEntries(toolNames.map((name) => [name, {}])),
      tree: {
        onDidChangeTreeData: (listener: () => void) => {
          treeData.event(listener);
          return counter.create('subscription to the tree');
        },
        getChildren: () => ['line'],
      },
    } as unknown as App;
    const editor = {
      commands: {
        registerCommand: (id: string, run: Run) => {
          commands.set(id, run);
          return counter.create('command');
        },
      },
      window: {
        createTreeView: (_: string, options: { treeDataProvider: Provider }) => {
          providers.push(options.treeDataProvider);
          return counter.create('view');
        },
      },
      lm: { registerTool: () => counter.create('tool') },
      EventEmitter: class<T> extends CountedEmitter<T> {
        constructor() {
          super(counter);
        }
      },
    } as unknown as EditorParts;
    let isLoadable: Promise<void> = Promise.resolve();
    const loadApp = async () => {
      await isLoadable;
      return () => {
        created.push('app');
        return app;
      };
    };
    const registered = registerSteno({ editor, loadApp, jobsFolder: folder, clock });
    const loadOnlyWhen = (ready: Promise<void>): void => void (isLoadable = ready);
    return { counter, clock, commands, providers, created, registered, loadOnlyWhen };
  };

  it('registers every command, tool and view, and creates nothing else', async () => {
    const { counter, clock, created, registered } = begin();
    const expected = [...commandIds.map(() => 'command'), ...toolNames.map(() => 'tool'), 'emitter', 'view'];
    assert.deepEqual(counter.live, expected.sort());
    await clock.advance(60_000);
    assert.deepEqual(created, []);
    registered.dispose();
  });

  it('creates the app once, with whatever is used first', async () => {
    const { commands, providers, created, registered } = begin();
    assert.deepEqual(await providers[0]?.getChildren(), ['line']);
    assert.equal(await commands.get('steno.showLog')?.(), 'did steno.showLog');
    assert.deepEqual(created, ['app']);
    registered.dispose();
  });

  it('creates the app when another window leaves a job', async () => {
    const { clock, created, registered } = begin();
    await clock.advance(0);
    await addText(folder, `${'0'.repeat(32)}.1.json`, '');
    await eventually(async () => {
      await clock.advance(15_000);
      assert.deepEqual(created, ['app']);
    });
    registered.dispose();
  });

  it('disposes of everything on deactivation', async () => {
    const { counter, clock, commands, providers, registered } = begin();
    await providers[0]?.getChildren();
    await commands.get('steno.showLog')?.();
    assert.ok(counter.live.includes('subscription to the tree'));
    registered.dispose();
    await clock.advance(60_000);
    assert.deepEqual([counter.live, clock.sleepers], [[], 0]);
  });

  it('creates no app that is loaded only after deactivation', async () => {
    const { counter, commands, created, registered, loadOnlyWhen } = begin();
    let ready: () => void = () => undefined;
    loadOnlyWhen(new Promise((resolve) => (ready = resolve)));
    const running = commands.get('steno.showLog')?.();
    registered.dispose();
    ready();
    await assert.rejects(running ?? Promise.resolve(), /deactivated/);
    assert.deepEqual([created, counter.live], [[], []]);
  });

  it('stays silent when it is deactivated while it loads for an open job', async () => {
    await addText(folder, `${'0'.repeat(32)}.1.json`, '');
    const { created, registered, loadOnlyWhen } = begin();
    let ready: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      const then = (load: () => void): void => {
        ready = load;
        resolve();
      };
      loadOnlyWhen({ then } as unknown as Promise<void>);
    });
    await asked;
    registered.dispose();
    // mocha fails the run for a rejection that nothing handles.
    ready();
    await new Promise(setImmediate);
    assert.deepEqual(created, []);
  });

  it('does without tools in an editor that has none', () => {
    const counter = new DisposableCounter();
    const editor = {
      commands: { registerCommand: () => counter.create('command') },
      window: { createTreeView: () => counter.create('view') },
      EventEmitter: class<T> extends CountedEmitter<T> {
        constructor() {
          super(counter);
        }
      },
    } as unknown as EditorParts;
    const registered = registerSteno({
      editor,
      loadApp: () => Promise.reject(new Error('not needed')),
      jobsFolder: join(folder, 'nothing'),
      clock: new VirtualClock(),
    });
    assert.ok(!counter.live.includes('tool'));
    registered.dispose();
    assert.deepEqual(counter.live, []);
  });
});
