import * as path from 'node:path';
import * as vscode from 'vscode';
import { registerSteno } from './host/registerSteno';
import { systemClock } from './node/systemClock';

/** Registers everything that Steno contributes. The app is loaded with its first use. */
export function activate(context: vscode.ExtensionContext): void {
  context.subscriptions.push(
    registerSteno({
      editor: vscode,
      loadApp: async () => {
        const { createApp } = await import('./host/app.js');
        return (view) => createApp(context, view);
      },
      jobsFolder: path.join(context.globalStorageUri.fsPath, 'jobs'),
      clock: systemClock,
    }),
  );
}
