import type * as vscode from 'vscode';
import type { Clock } from '../core/ports';
import type { App } from './app';
import { hasOpenJobs } from './journal/openRecords';
import { DisposableStore, type Disposable } from './platform/disposables';
import { commandIds, viewId } from './platform/manifest';
import { registerTools } from './tools/registerTools';
import { LazyTree } from './views/lazyTree';
import type { TreeLine } from './views/transcripts';

/** What activation uses of VS Code. */
export interface EditorParts {
  readonly commands: Pick<typeof vscode.commands, 'registerCommand'>;
  readonly window: Pick<typeof vscode.window, 'createTreeView'>;
  /** Some editors that run VS Code extensions do not have it. */
  readonly lm?: Partial<typeof vscode.lm>;
  readonly EventEmitter: new <T>() => vscode.EventEmitter<T>;
}

/** Creates the app, once. */
type CreateApp = (view: vscode.TreeView<TreeLine>) => App;

/** What `registerSteno` needs. */
export interface RegisterOptions {
  readonly editor: EditorParts;
  /** Loads the code of everything behind commands, view and tools. */
  readonly loadApp: () => Promise<CreateApp>;
  /** Absolute path of the folder with the records of jobs. */
  readonly jobsFolder: string;
  readonly clock: Clock;
}

/** How often Steno checks for open jobs. Another window may have begun one after this window started, and ended. */
const checkMs = 15_000;

/**
 * Registers commands, view and tools. The app is loaded when one of them is first used, or when there is an open job.
 *
 * @returns unregisters everything when it is disposed of
 */
export function registerSteno({ editor, loadApp, jobsFolder, clock }: RegisterOptions): Disposable {
  const owned = new DisposableStore();
  let app: Promise<App> | undefined;
  const load = async (): Promise<App> => {
    try {
      const createApp = await loadApp();
      if (owned.isDisposed) {
        throw new Error('Steno was deactivated while it was loading');
      }
      return createApp(view);
    } catch (thrown) {
      // The next use tries again.
      app = undefined;
      throw thrown;
    }
  };
  const loaded = (): Promise<App> => (app ??= load());
  for (const id of commandIds) {
    const run = async (...args: unknown[]): Promise<unknown> => (await loaded()).commands[id](...args);
    owned.add(editor.commands.registerCommand(id, run));
  }
  registerTools(editor.lm, async () => (await loaded()).tools).forEach((tool) => owned.add(tool));
  const tree = new LazyTree(
    new editor.EventEmitter<TreeLine[] | undefined>(),
    async () => (await loaded()).tree,
  );
  owned.add(tree);
  const view = owned.add(
    editor.window.createTreeView(viewId, { canSelectMany: true, treeDataProvider: tree }),
  );
  const unlessDisposed = (thrown: unknown): void => {
    if (!owned.isDisposed) {
      throw thrown;
    }
  };
  const loadForOpenJobs = async (): Promise<void> => {
    if (app === undefined && (await hasOpenJobs(jobsFolder)) && !owned.isDisposed) {
      await loaded().catch(unlessDisposed);
    }
  };
  owned.add(repeat(loadForOpenJobs, clock));
  return owned;
}

/** Starts work now and repeats it, until it is disposed of. */
function repeat(work: () => Promise<void>, clock: Clock): Disposable {
  const end = new AbortController();
  const run = async (): Promise<never> => {
    for (;;) {
      void work();
      await clock.sleep(checkMs, end.signal);
    }
  };
  // It only ends when it is disposed of.
  run().catch(() => undefined);
  return { dispose: () => end.abort() };
}
