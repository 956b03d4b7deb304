import { formatElapsed, formatBytes } from '../text';
import { describeFailure } from '../failures/describeFailure';
import type { Failure } from '../failures/failure';
import type { TranscriptBody } from '../transcript/model';
import { readWorkDone, type WorkDone } from '../transcript/workDone';

/** A step before or after the service does its work: checking what is there already, saving the result. */
interface LocalStep {
  readonly step: 'checking' | 'saving';
}

/** Copying the sound out of a video. */
interface Extracting {
  readonly step: 'extracting';
  /** 0 to 1. */
  readonly fraction: number;
}

interface Uploading {
  /** `copying` where the service is on this machine, and nothing leaves it. */
  readonly step: 'uploading' | 'copying';
  readonly sentBytes: number;
  readonly totalBytes: number;
  /** Bytes that are not sent, because the sound of a video is enough. */
  readonly savedBytes: number;
}

/** A job at the service. */
export interface Waiting {
  readonly step: 'queued' | 'processing';
  readonly sinceMs: number;
  readonly connected: boolean;
  /** Null where the service does not tell. */
  readonly done: WorkDone | null;
}

/** A failure that may pass, such as a lost network: the job tries again by itself. */
interface Retrying {
  readonly step: 'retrying';
  readonly failure: Failure;
  /** When the job tries again, ms since 1970. */
  readonly untilMs: number;
}

/** What a job is doing, as it happens. */
export type JobProgress = LocalStep | Extracting | Uploading | Waiting | Retrying;

/** A wait after one more poll of its job. Without a body, the service did not answer. */
export function afterPoll(before: Waiting, body: TranscriptBody | undefined, nowMs: number): Waiting {
  if (body === undefined) {
    return { ...before, connected: false };
  }
  const began = body.status === 'processing' && before.step === 'queued';
  const step = began ? ({ step: 'processing', sinceMs: nowMs } as const) : {};
  return { ...before, ...step, connected: true, done: readWorkDone(body) };
}

/** Whether bytes are being sent. */
export function isUploading(progress: JobProgress): progress is Uploading {
  return progress.step === 'uploading' || progress.step === 'copying';
}

/**
 * One line for a progress notification. A percentage is given only where there is something to count: bytes that are
 * sent, and the work of a service that tells how far it is, which AssemblyAI does not.
 *
 * @param bytesPerSecond in the last seconds; null while it is not known
 */
export function progressText(progress: JobProgress, nowMs: number, bytesPerSecond: number | null): string {
  switch (progress.step) {
    case 'checking':
      return 'Looking at the recording';
    case 'extracting':
      return `Taking the sound out of the video, ${percent(progress.fraction)}`;
    case 'uploading':
    case 'copying':
      return uploadText(progress, bytesPerSecond);
    case 'queued':
    case 'processing':
      return waitText(progress, nowMs);
    case 'saving':
      return 'Writing the note';
    case 'retrying':
      return `${describeFailure(progress.failure).sentence} Next try in ${formatElapsed(progress.untilMs - nowMs)}`;
  }
}

function uploadText(progress: Uploading, bytesPerSecond: number | null): string {
  const { step, sentBytes, totalBytes, savedBytes } = progress;
  const [doing, did] = step === 'copying' ? ['Copying', 'Copied'] : ['Uploading', 'Uploaded'];
  const what = savedBytes > 0 ? ' the sound' : '';
  if (sentBytes === totalBytes) {
    return `${did}${what} ${formatBytes(totalBytes)}, waiting for the answer`;
  }
  const speed = bytesPerSecond === null ? '' : `, ${formatBytes(bytesPerSecond)}/s`;
  const saved = savedBytes > 0 ? `, ${formatBytes(savedBytes)} less than the video` : '';
  const bytes = `${formatBytes(sentBytes)} of ${formatBytes(totalBytes)}${saved}${speed}`;
  return `${doing}${what} ${percent(sentBytes / totalBytes)} (${bytes})`;
}

function waitText({ step, sinceMs, connected, done }: Waiting, nowMs: number): string {
  const elapsed = formatElapsed(nowMs - sinceMs);
  const processing = done === null ? `Processing for ${elapsed}` : workText(done);
  const what = step === 'queued' ? `Queued for ${elapsed}` : processing;
  return connected ? what : `${what}. No recent answer, trying again`;
}

function workText({ fraction, remainingMs }: WorkDone): string {
  const rest = remainingMs === null ? '' : `, about ${formatElapsed(remainingMs)} left`;
  return `${percent(fraction)} transcribed${rest}`;
}

const percent = (fraction: number): string => `${Math.floor(100 * fraction)}%`;

const speedWindowMs = 5000;
const shortestSpanMs = 500;

/** The speed of an upload over the last seconds, so that it follows a changing connection. */
export class SpeedMeter {
  private samples: { readonly atMs: number; readonly bytes: number }[] = [];

  /** Notes how much has been sent so far; less than before means that the upload started over. */
  add(atMs: number, bytes: number): void {
    const last = this.samples.at(-1);
    if (last !== undefined && bytes < last.bytes) {
      this.samples = [];
    }
    this.samples.push({ atMs, bytes });
    const firstKept = this.samples.findIndex((sample) => sample.atMs >= atMs - speedWindowMs);
    this.samples.splice(0, firstKept);
  }

  /** Null while there are too few samples. Falls while nothing is sent. */
  bytesPerSecond(nowMs: number): number | null {
    const [first] = this.samples;
    const last = this.samples.at(-1);
    if (first === undefined || last === undefined || nowMs - first.atMs < shortestSpanMs) {
      return null;
    }
    return (1000 * (last.bytes - first.bytes)) / (nowMs - first.atMs);
  }
}
