import { asFailure, Failure } from '../core/failures/failure';
import type { Upload, UploadOptions } from '../core/jobs/speechApi';
import type { Clock, Recording } from '../core/ports';
import { RecordingFile } from '../node/recordingFile';
import type { HttpClient } from './httpClient';

/** How long an upload may stall. */
export interface UploadTimeouts {
  /** How long no byte may be sent, in ms. It is noticed after one to two times as long. */
  readonly stallMs: number;
  /**
   * How long the response to the smallest file may take after the last byte, in ms; see `answerMs`. It is noticed after at most
   * `stallMs` more.
   */
  readonly responseMs: number;
}

/**
 * After a minute without a byte, the connection is dead. The response may take longer: the service may still be storing
 * gigabytes, and the last megabytes may still be in buffers of this machine.
 */
export const uploadTimeouts: UploadTimeouts = { stallMs: 60_000, responseMs: 300_000 };

/** A gateway that takes the whole file before it forwards any of it needs at least this speed, in bytes per ms: 8 Mbit/s. */
const forwardedPerMs = 1000;

/**
 * How long to wait for the response after the last byte, in ms. Some gateways forward an upload only when they have all of
 * it. That takes as long again as the upload did, or longer where the way to the gateway is the faster one.
 *
 * @param tookMs how long it took to send the file
 */
export function answerMs({ responseMs }: UploadTimeouts, sizeBytes: number, tookMs: number): number {
  return responseMs + Math.max(tookMs, sizeBytes / forwardedPerMs);
}

/** Resolves with a failure when the upload has stalled; rejects when `ended` is aborted. */
async function watchForStall(
  file: RecordingFile,
  host: string,
  timeouts: UploadTimeouts,
  clock: Clock,
  ended: AbortSignal,
): Promise<Failure> {
  const startedMs = clock.now();
  for (let seenBytes = -1; file.sentBytes !== seenBytes;) {
    seenBytes = file.sentBytes;
    const sentMs = answerMs(timeouts, file.sentBytes, clock.now() - startedMs);
    await clock.sleep(file.isSent ? sentMs : timeouts.stallMs, ended);
  }
  return file.isSent
    ? new Failure('uploadUnanswered', 'No answer after the last byte', { host })
    : new Failure('timeout', `Stalled after ${file.sentBytes} bytes`, { host });
}

/** More than the buffers of the connection hold, so that nearly all of a larger file has arrived when it is sent. */
const bufferedBytes = 16 * 1024 * 1024;

/** Whether a gateway waited in vain for the service, or gave up, after the whole file had arrived. */
function isUnanswered({ kind, status }: Failure, sizeBytes: number): boolean {
  return kind === 'timeout' || status === 504 || (kind === 'network' && sizeBytes > bufferedBytes);
}

function uploadUrl(json: unknown, host: string): string {
  if (typeof json === 'object' && json !== null && 'upload_url' in json) {
    const url = json.upload_url;
    if (typeof url === 'string' && URL.canParse(url)) {
      return url;
    }
  }
  throw new Failure('unexpectedAnswer', 'The answer has no upload_url', { host });
}

/**
 * Uploads a recording from its first byte to its last, without retries, by `POST /v2/upload`. Its hash is that of the
 * bytes that were sent.
 *
 * @throws Failure
 */
export async function uploadOnce(
  http: HttpClient,
  recording: Recording,
  options: UploadOptions,
  timeouts: UploadTimeouts,
  clock: Clock,
): Promise<Upload> {
  const file = await RecordingFile.open(recording);
  const stalled = new AbortController();
  const ended = new AbortController();
  const signal = AbortSignal.any([options.signal, stalled.signal]);
  const watching = watchForStall(file, http.host, timeouts, clock, ended.signal).then(
    (failure) => stalled.abort(failure),
    () => undefined,
  );
  try {
    const { json } = await http.fetchJson({
      method: 'POST',
      path: '/v2/upload',
      body: {
        contentType: 'application/octet-stream',
        lengthBytes: recording.sizeBytes,
        content: file.chunks(clock, (sentBytes) => options.onProgress?.(sentBytes)),
      },
      signal,
      // `watchForStall` does that instead, since it knows how many bytes were sent.
      headersTimeoutMs: 0,
    });
    const url = uploadUrl(json, http.host);
    if (!file.isSent) {
      throw new Failure('unexpectedAnswer', 'Accepted before the last byte was sent', {
        host: http.host,
      });
    }
    return { url, sha256: file.sha256() };
  } catch (thrown) {
    const failure = asFailure(thrown);
    throw file.isSent && isUnanswered(failure, recording.sizeBytes)
      ? new Failure('uploadUnanswered', failure.message, failure)
      : failure;
  } finally {
    ended.abort();
    await watching;
    const closed = file.close().catch(() => undefined);
    // Closing can hang on a lost network drive, and must not delay a cancellation.
    await (signal.aborted ? undefined : closed);
  }
}
