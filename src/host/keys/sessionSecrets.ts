import type * as vscode from 'vscode';
import { asFailure, Failure } from '../../core/failures/failure';
import type { Log } from '../../core/ports';

/**
 * VS Code's secret storage, which fails where the system's keyring is locked, broken or missing. What it does not keep serves
 * until the window closes, and what it does not give counts as not stored.
 */
export class SessionSecrets {
  private readonly unstored = new Map<string, string>();

  constructor(
    private readonly storage: Pick<vscode.SecretStorage, 'get' | 'store' | 'delete'>,
    private readonly log: Log,
  ) {}

  async get(name: string): Promise<string | undefined> {
    try {
      return await this.read(name);
    } catch (thrown) {
      this.log.warn(`VS Code's secret storage does not answer: ${asFailure(thrown).message}`);
      return undefined;
    }
  }

  /** Like `get`. @throws Failure `secretsUnavailable` where it is not known whether it is stored */
  async read(name: string): Promise<string | undefined> {
    try {
      return this.unstored.get(name) ?? (await this.storage.get(name));
    } catch (thrown) {
      throw new Failure('secretsUnavailable', asFailure(thrown).message, { cause: thrown });
    }
  }

  /** @returns whether it is kept when the window closes */
  async store(name: string, value: string): Promise<boolean> {
    try {
      await this.storage.store(name, value);
      this.unstored.delete(name);
      return true;
    } catch (thrown) {
      this.log.warn(`VS Code's secret storage keeps nothing: ${asFailure(thrown).message}`);
      this.unstored.set(name, value);
      return false;
    }
  }

  /** @throws Failure `secretsUnavailable` where it may still be stored */
  async delete(name: string): Promise<void> {
    this.unstored.delete(name);
    try {
      await this.storage.delete(name);
    } catch (thrown) {
      throw new Failure('secretsUnavailable', asFailure(thrown).message, { cause: thrown });
    }
  }
}
