import type { LocalService, SpeechApi, Upload, UploadOptions } from '../../src/core/jobs/speechApi';
import type { TranscriptRequest } from '../../src/core/request/request';
import type { TranscriptBody } from '../../src/core/transcript/model';
import type { Clock, Log, Recording } from '../../src/core/ports';

/** A clock that jumps instead of waiting, and records the waits. */
export class JumpingClock implements Clock {
  readonly slept: number[] = [];
  private nowMs = 1_000_000;

  now(): number {
    return this.nowMs;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) {
      return Promise.reject(signal.reason as Error);
    }
    this.slept.push(ms);
    this.nowMs += ms;
    return Promise.resolve();
  }
}

/** A log that drops everything. */
export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

type Answer = Readonly<Record<string, unknown>> & { readonly status: TranscriptBody['status'] };

/** A service that answers `get` from a list, one answer or error after the other; the last one forever. */
export class ListedApi implements SpeechApi {
  readonly origin = 'https://api.example.test';
  readonly host = 'api.example.test';
  local: LocalService | undefined;
  readonly calls: string[] = [];
  /** What was submitted. */
  readonly submitted: TranscriptRequest[] = [];

  /** The job of a submit whose answer got lost. */
  lost: TranscriptBody | undefined;
  private refusal: Error | undefined;

  constructor(readonly answers: (Answer | Error)[]) {}

  /** Lets the next submit fail. */
  refuse(error: Error): void {
    this.refusal = error;
  }

  upload(recording: Recording, { onProgress }: UploadOptions): Promise<Upload> {
    this.calls.push('upload');
    onProgress?.(recording.sizeBytes);
    return Promise.resolve({ url: `upload-${this.count('upload')}`, sha256: 'abc' });
  }

  submit(request: TranscriptRequest): Promise<TranscriptBody> {
    this.calls.push(`submit ${request.audio_url}`);
    this.submitted.push(request);
    const { refusal } = this;
    this.refusal = undefined;
    return refusal === undefined
      ? Promise.resolve({ id: `job-${this.count('submit')}`, status: 'queued' })
      : Promise.reject(refusal);
  }

  /** Finds what `lost` says. */
  find(audioUrl: string): Promise<TranscriptBody | undefined> {
    this.calls.push(`find ${audioUrl}`);
    return Promise.resolve(this.lost);
  }

  get(transcriptId: string): Promise<TranscriptBody> {
    this.calls.push(`get ${transcriptId}`);
    const answer = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
    if (answer === undefined || answer instanceof Error) {
      return Promise.reject(answer ?? new Error('No answer was listed'));
    }
    return Promise.resolve({ id: transcriptId, ...answer });
  }

  private count(verb: string): number {
    return this.calls.filter((call) => call.startsWith(verb)).length;
  }
}
