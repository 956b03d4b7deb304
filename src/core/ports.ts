/** A recording on disk, as it was when the job began, or one on the web. */
export interface Recording {
  /** Absolute path. For a recording on the web, the path beside which its note and its sidecar are written. */
  readonly path: string;
  /** File name with extension, to be shown. */
  readonly name: string;
  readonly sizeBytes: number;
  /** Last change on disk, ms since 1970. */
  readonly modifiedMs: number;
  /** Address of a recording on the web, which the service fetches itself; its size and time of change are 0. */
  readonly url?: string;
}

/** The clock, passed in so that tests can control time. */
export interface Clock {
  /** ms since 1970. */
  now(): number;
  /** Resolves after `ms`; rejects with the signal's reason as soon as the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** The log, which users may send to Steno's developers: it never gets the API key or the text of a recording. */
export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}
