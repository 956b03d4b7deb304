import type * as vscode from 'vscode';
import type { HostLog } from '../log';

/** Name of the environment variable that AssemblyAI's own tools read. */
const environmentVariable = 'ASSEMBLYAI_API_KEY';

/**
 * API keys, one for each server that they belong to: a key entered for AssemblyAI is never sent anywhere else,
 * whatever the settings say later. They live in VS Code's secret storage only.
 */
export class Keys {
  constructor(
    private readonly secrets: vscode.SecretStorage,
    private readonly environment: NodeJS.ProcessEnv,
    private readonly log: HostLog,
  ) {}

  /** The stored key of a server, else the one in the environment. */
  async get(origin: string): Promise<string | undefined> {
    const stored = await this.secrets.get(secretName(origin));
    const key = stored ?? this.environment[environmentVariable]?.trim();
    if (key === undefined || key === '') {
      return undefined;
    }
    this.log.conceal(key);
    return key;
  }

  async store(origin: string, key: string): Promise<void> {
    await this.secrets.store(secretName(origin), key);
    this.log.info(`Stored a key for ${origin}`);
  }

  /** Forgets the stored key; false when there was none. */
  async remove(origin: string): Promise<boolean> {
    if ((await this.secrets.get(secretName(origin))) === undefined) {
      return false;
    }
    await this.secrets.delete(secretName(origin));
    this.log.info(`Removed the key for ${origin}`);
    return true;
  }

  /** Whether the environment would serve when no key is stored. */
  get isInEnvironment(): boolean {
    return Boolean(this.environment[environmentVariable]?.trim());
  }
}

function secretName(origin: string): string {
  return `apiKey:${origin}`;
}
