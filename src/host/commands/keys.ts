import * as vscode from 'vscode';
import type { Command } from './command';
import type { Connector } from '../connector';
import type { Keys } from '../keys/keys';
import { readBaseUrl } from '../settings';

/** *Set API Key* and *Remove API Key*, of the server that the settings name. */
export function createKeyCommands(
  connector: Connector,
  keys: Keys,
): { setApiKey: Command; removeApiKey: Command } {
  return {
    setApiKey: async () => {
      if ((await connector.askForKey()) !== undefined) {
        await vscode.window.showInformationMessage(
          `The key was accepted by ${readBaseUrl().host} and is kept in VS Code's secret storage.`,
        );
      }
    },
    removeApiKey: async () => {
      const { origin, host } = readBaseUrl();
      const removed = await keys.remove(origin);
      const message = removed
        ? `The key for ${host} was removed from this machine.`
        : `No key for ${host} is stored.`;
      const note = keys.isInEnvironment ? ' ASSEMBLYAI_API_KEY in the environment is still used.' : '';
      await vscode.window.showInformationMessage(message + note);
    },
  };
}
