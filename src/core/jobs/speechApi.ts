import type { Recording } from '../ports';
import type { TranscriptRequest } from '../request/request';
import type { TranscriptBody } from '../transcript/model';

/** A recording at the service. */
export interface Upload {
  readonly url: string;
  /** Of the bytes that were sent, lower-case hex. */
  readonly sha256: string;
}

export interface UploadOptions {
  readonly signal: AbortSignal;
  /** Called as bytes leave; starts again from 0 when an upload is repeated. */
  readonly onProgress?: (sentBytes: number) => void;
}

/** The part of AssemblyAI's HTTP API that a job needs. Every method rejects with a `Failure`. */
export interface SpeechApi {
  /** Where the service is, such as `https://api.assemblyai.com`; keys, uploads and jobs belong to it. */
  readonly origin: string;
  /** The same for people: host and port. */
  readonly host: string;
  /** Set where the service is Steno's own on this machine: its work costs nothing, and stops when told to. */
  readonly local: LocalService | undefined;
  /** Sends the file; retries transport errors from byte 0. Fails with `recordingChanged` when the file is not the same size and age at its end. */
  upload(recording: Recording, options: UploadOptions): Promise<Upload>;
  /**
   * Creates the job, once, even when cancelled while it is sent. Where the answer got lost it is looked for, and
   * sent again only after a look that worked and found nothing.
   *
   * @param beforeRetry called before it is sent again, which may be minutes later; where it rejects, so does the submit
   */
  submit(
    request: TranscriptRequest,
    signal: AbortSignal,
    beforeRetry?: () => Promise<void>,
  ): Promise<TranscriptBody>;
  /**
   * The newest job of this audio, if one was created at or after that moment; for submits whose answer nobody saw.
   * Undefined means that the service was asked and has none.
   *
   * @param sinceMs ms since 1970, by this computer's clock; the service's own may differ
   */
  find(audioUrl: string, sinceMs: number, signal: AbortSignal): Promise<TranscriptBody | undefined>;
  /** The job as it stands now. */
  get(transcriptId: string, signal: AbortSignal): Promise<TranscriptBody>;
}

/** What only a service on this machine can do. */
export interface LocalService {
  /** Stops a job at once if it is not finished, and forgets it with all that it heard. */
  discard(transcriptId: string): Promise<void>;
}
