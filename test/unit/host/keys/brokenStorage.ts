import type { SessionSecrets } from '../../../../src/host/keys/sessionSecrets';

type Storage = ConstructorParameters<typeof SessionSecrets>[0];

const refuse = (): Promise<never> => Promise.reject(new Error('The keyring is locked'));

/** A secret storage that always fails, as one with a locked keyring does. */
export const brokenStorage: Storage = {
  get: refuse,
  store: refuse,
  delete: refuse,
};
