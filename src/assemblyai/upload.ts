import { Failure } from '../core/failures/failure';
import type { Upload, UploadOptions } from '../core/jobs/speechApi';
import type { HttpClient } from './httpClient';
import { RecordingFile } from '../node/recordingFile';
import type { Clock, Recording } from '../core/ports';

/** How long an upload may stand still. */
export interface UploadTimeouts {
  /** Without a byte leaving, ms; noticed after once to twice that. */
  readonly stallMs: number;
  /** Between the last byte and the answer, ms; noticed after at most that and `stallMs`. */
  readonly answerMs: number;
}

/**
 * A minute without a byte is a dead line. After the last byte the service may still be storing gigabytes, and
 * a few megabytes may still be in the buffers of this machine, so that takes longer.
 */
export const uploadTimeouts: UploadTimeouts = { stallMs: 60_000, answerMs: 300_000 };

/** Resolves with what is wrong when nothing has moved for too long; rejects when `ended` is aborted. */
async function stall(
  file: RecordingFile,
  host: string,
  timeouts: UploadTimeouts,
  clock: Clock,
  ended: AbortSignal,
): Promise<Failure> {
  for (let seenBytes = -1; file.sentBytes !== seenBytes;) {
    seenBytes = file.sentBytes;
    await clock.sleep(file.isSent ? timeouts.answerMs : timeouts.stallMs, ended);
  }
  const message = file.isSent ? 'No answer after the last byte' : `Stalled after ${file.sentBytes} bytes`;
  return new Failure('timeout', message, { host });
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
 * Sends a recording once, from its first byte to its last. The file is opened for this try alone, and its
 * hash is taken from the bytes as they leave.
 *
 * @throws Failure
 */
export async function uploadOnce(
  channel: HttpClient,
  recording: Recording,
  options: UploadOptions,
  timeouts: UploadTimeouts,
  clock: Clock,
): Promise<Upload> {
  const file = await RecordingFile.open(recording);
  const stalled = new AbortController();
  const ended = new AbortController();
  const signal = AbortSignal.any([options.signal, stalled.signal]);
  const watching = stall(file, channel.host, timeouts, clock, ended.signal).then(
    (failure) => stalled.abort(failure),
    () => undefined,
  );
  try {
    const { json } = await channel.fetchJson({
      method: 'POST',
      path: '/v2/upload',
      body: {
        contentType: 'application/octet-stream',
        lengthBytes: recording.sizeBytes,
        content: file.chunks(clock, (sentBytes) => options.onProgress?.(sentBytes)),
      },
      signal,
      // The watch above knows better: it sees bytes leave.
      headersTimeoutMs: 0,
    });
    const url = uploadUrl(json, channel.host);
    if (!file.isSent) {
      throw new Failure('unexpectedAnswer', 'Accepted before the last byte was sent', {
        host: channel.host,
      });
    }
    return { url, sha256: file.sha256() };
  } finally {
    ended.abort();
    await watching;
    const closed = file.close().catch(() => undefined);
    // A read that hangs, as on a lost network drive, must not hold up a cancellation.
    await (signal.aborted ? undefined : closed);
  }
}
