import type { Recording } from '../ports';
import type { TranscriptRequest } from '../request/request';
import type { TranscriptBody } from '../transcript/model';

/** AssemblyAI documents a limit of 2.2 GB for an upload. Taken as decimal units, to be on the safe side. */
export const maxUploadBytes = 2_200_000_000;

/** A payload at the service. */
export interface Upload {
  readonly url: string;
  /** Of the bytes that were sent, lower-case hex. */
  readonly sha256: string;
}

export interface UploadOptions {
  readonly signal: AbortSignal;
  /** Called as bytes are sent. Begins at 0 again when an upload is repeated. */
  readonly onProgress?: (sentBytes: number) => void;
}

/** The part of AssemblyAI's HTTP API that a job needs. Every method rejects with a `Failure`. */
export interface SpeechApi {
  /** Where the service is, such as `https://api.assemblyai.com`; keys, uploads and jobs belong to it. */
  readonly origin: string;
  /** Host and port of the service, for people. */
  readonly host: string;
  /** Set when the service is Steno's own on this machine: its work costs nothing, and can be stopped. */
  readonly local: LocalService | undefined;
  /**
   * Sends the file, and retries from its beginning when the connection fails. Fails with `recordingChanged` when size or
   * age of the file have changed by its end.
   */
  upload(recording: Recording, options: UploadOptions): Promise<Upload>;
  /**
   * Creates the job, once, even when it is cancelled while the request is sent. If the answer gets lost, asks the service
   * for the job, and submits it again only when the service answers that it has none.
   *
   * @param beforeRetry called before the request is sent again, which may be minutes later; where it rejects, so does
   * the submit
   */
  submit(
    request: TranscriptRequest,
    signal: AbortSignal,
    beforeRetry?: () => Promise<void>,
  ): Promise<TranscriptBody>;
  /**
   * The newest job of this audio that was created at or after a moment, for submits whose answer got lost. Undefined
   * when the service answers that it has none.
   *
   * @param sinceMs ms since 1970, by this computer's clock; the service's own may differ
   */
  find(audioUrl: string, sinceMs: number, signal: AbortSignal): Promise<TranscriptBody | undefined>;
  /** The job as it stands now. */
  get(transcriptId: string, signal: AbortSignal): Promise<TranscriptBody>;
}

/** What only a service on this machine can do. */
export interface LocalService {
  /** Stops a job if it is not finished, and deletes it with all that it heard. */
  discard(transcriptId: string): Promise<void>;
}
