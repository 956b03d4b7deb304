import * as path from 'node:path';
import * as vscode from 'vscode';
import type { App } from './host/app';
import { hasOpenJobs } from './host/journal/openRecords';
import { commandIds, viewId } from './host/platform/manifest';
import { registerTools } from './host/tools/registerTools';
import { createLazyTree } from './host/views/lazyTree';

/** How often it is looked whether another window left a job; that window may have begun it after this one started. */
const lookMs = 15_000;

/** Registers commands, view and tools. All that they need is loaded when one of them is used, or a job is to go on. */
export function activate(context: vscode.ExtensionContext): void {
  let app: Promise<App> | undefined;
  const load = async (): Promise<App> => {
    try {
      const { createApp } = await import('./host/app.js');
      return createApp(context, view);
    } catch (thrown) {
      // The next command tries again.
      app = undefined;
      throw thrown;
    }
  };
  const loaded = (): Promise<App> => (app ??= load());
  for (const id of commandIds) {
    const run = async (...args: unknown[]): Promise<unknown> => (await loaded()).commands[id](...args);
    context.subscriptions.push(vscode.commands.registerCommand(id, run));
  }
  context.subscriptions.push(...registerTools(vscode.lm, async () => (await loaded()).tools));
  const view = createLazyTree(viewId, async () => (await loaded()).tree);
  const jobs = path.join(context.globalStorageUri.fsPath, 'jobs');
  const look = async (): Promise<void> => {
    if (app === undefined && (await hasOpenJobs(jobs))) {
      await loaded();
    }
  };
  const timer = setInterval(() => void look(), lookMs);
  context.subscriptions.push(view, { dispose: () => clearInterval(timer) });
  void look();
}
