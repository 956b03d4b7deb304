import { notify } from '../platform/userMessages';
import type { Connector } from '../services/connector';
import type { Keys } from '../keys/keys';
import { readBaseUrl, readEngine, writeEngine } from '../platform/settings';
import type { Command } from './command';

/**
 * *Set API Key* and *Remove API Key*, for the server that the settings name. The first resolves with whether a key was
 * accepted.
 */
export function createKeyCommands(
  connector: Connector,
  keys: Keys,
): { setApiKey: Command; removeApiKey: Command } {
  return {
    setApiKey: async () => {
      const server = readBaseUrl();
      const isAccepted = (await connector.askForKey(server)) !== undefined;
      if (isAccepted) {
        const wasLocal = readEngine() === 'local';
        if (wasLocal) {
          await writeEngine('assemblyai');
        }
        const change = wasLocal ? ' From now on, recordings go there.' : '';
        void notify('information', `${server.host} accepted the key.${change}`);
      }
      return isAccepted;
    },
    removeApiKey: async () => {
      const server = readBaseUrl();
      const isRemoved = await keys.remove(server.origin);
      const what = isRemoved
        ? `The key for ${server.host} was removed from this machine.`
        : `No key for ${server.host} is stored.`;
      const rest =
        keys.environmentKey(server) === undefined
          ? ''
          : ' The environment variable ASSEMBLYAI_API_KEY is still used.';
      await notify('information', what + rest);
    },
  };
}
