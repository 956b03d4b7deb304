import * as vscode from 'vscode';
import type { App } from './host/app';
import { commandIds } from './host/manifest';

/** Registers the commands. All that they need is loaded with the first one that is used. */
export function activate(context: vscode.ExtensionContext): void {
  let app: Promise<App> | undefined;
  const load = async (): Promise<App> => {
    try {
      const { createApp } = await import('./host/app.js');
      return createApp(context);
    } catch (error) {
      // The next command tries again.
      app = undefined;
      throw error;
    }
  };
  for (const id of commandIds) {
    const run = async (...args: unknown[]): Promise<unknown> => (await (app ??= load()))[id](...args);
    context.subscriptions.push(vscode.commands.registerCommand(id, run));
  }
}
