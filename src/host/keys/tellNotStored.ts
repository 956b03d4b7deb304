import * as vscode from 'vscode';
import { notify } from '../platform/userMessages';
import type { CommandId } from '../platform/manifest';

const showLog: CommandId = 'steno.showLog';

/** Tells the user that a secret serves in this window, but was not stored. @param what the secret, such as `The key` */
export function tellNotStored(what: string): void {
  const message = `${what} can be used in this window, but VS Code’s secret storage did not keep it, so Steno will ask for it again in the next window.`;
  void notify('information', message, [
    { label: 'Show Log', press: () => vscode.commands.executeCommand(showLog) },
  ]);
}
