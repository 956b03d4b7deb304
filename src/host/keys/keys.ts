import { keyInPaste } from '../../assemblyai/apiKey';
import { isLoopback, regionBaseUrls, type BaseUrl } from '../../assemblyai/baseUrl';
import type { HostLog } from '../platform/log';
import type { SessionSecrets } from './sessionSecrets';

/** Name of the environment variable that AssemblyAI's own tools read. */
const environmentVariable = 'ASSEMBLYAI_API_KEY';

/**
 * API keys, one for each server. A key that was entered for AssemblyAI is never sent anywhere else, even if the settings
 * change. Keys are kept in VS Code's secret storage only.
 */
export class Keys {
  constructor(
    private readonly secrets: SessionSecrets,
    private readonly environment: NodeJS.ProcessEnv,
    private readonly log: HostLog,
  ) {}

  /** The stored key of a server; otherwise the one in the environment, if that may be sent there. */
  async get(server: BaseUrl): Promise<string | undefined> {
    const key = (await this.secrets.get(secretName(server.origin))) ?? this.environmentKey(server);
    if (key !== undefined) {
      this.log.conceal(key);
    }
    return key;
  }

  /**
   * The key in the environment. It belongs to AssemblyAI, so it is sent only there, and to a server on this machine that
   * stands in for it. For any other server a key has to be entered.
   */
  environmentKey({ origin }: BaseUrl): string | undefined {
    const isAssemblyAi = Object.values<string>(regionBaseUrls).includes(origin);
    const key = keyInPaste(this.environment[environmentVariable] ?? '');
    return key !== '' && (isAssemblyAi || isLoopback(new URL(origin).hostname)) ? key : undefined;
  }

  /** @returns whether the key is kept when the window closes; until then it serves in any case */
  async store(origin: string, key: string): Promise<boolean> {
    const isKept = await this.secrets.store(secretName(origin), key);
    if (isKept) {
      this.log.info(`Stored a key for ${origin}`);
    }
    return isKept;
  }

  /**
   * Forgets the stored key; false when there was none.
   * @throws Failure `secretsUnavailable`
   */
  async remove(origin: string): Promise<boolean> {
    if ((await this.secrets.read(secretName(origin))) === undefined) {
      return false;
    }
    await this.secrets.delete(secretName(origin));
    this.log.info(`Removed the key for ${origin}`);
    return true;
  }
}

function secretName(origin: string): string {
  return `apiKey:${origin}`;
}
