/** A recording on disk, as it was when the job began, or one on the web. */
export interface Recording {
  /** Absolute. Of a recording on the web, the place beside which its note and its sidecar are written. */
  readonly path: string;
  /** File name with extension, for people. */
  readonly name: string;
  readonly sizeBytes: number;
  /** Last change on disk, ms since 1970. */
  readonly modifiedMs: number;
  /** Address of a recording on the web, which the service fetches itself; its size and age are 0. */
  readonly url?: string;
}

/** Time, handed in so that tests own it. */
export interface Clock {
  /** ms since 1970. */
  now(): number;
  /** Resolves after `ms`; rejects with the signal's reason as soon as it is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** Where details go that a user may want to send us: never the key, never the text of a recording. */
export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}
