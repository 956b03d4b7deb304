import type { SpeechApi } from '../../core/jobs/speechApi';

/** An open service. */
export interface Connection {
  readonly api: SpeechApi;
  close(): Promise<void>;
}

/** Opens the service of an origin without a question. Fails with `keyMissing`, `otherServer` or `settings`. */
export type Connect = (service: string) => Promise<Connection>;
