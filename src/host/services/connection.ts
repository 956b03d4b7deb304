import type { SpeechApi } from '../../core/jobs/speechApi';

/** A service, ready to be used with a key. */
export interface Connection {
  readonly api: SpeechApi;
  close(): Promise<void>;
}

/** Opens the service of that origin without asking the user anything. Fails with `keyMissing` or `otherServer`. */
export type Connect = (service: string) => Promise<Connection>;
