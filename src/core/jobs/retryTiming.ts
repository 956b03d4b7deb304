import type { Failure, FailureKind } from '../failures/failure';

/** Requests that differ in how often they may be sent again. */
export type Operation = 'upload' | 'submit' | 'get' | 'list' | 'delete' | 'understand' | 'chat';

const baseMs = 1000;
/** Overloaded gateways are given more room. */
const overloadBaseMs = 2000;
const longestBackoffMs = 30_000;
const longestRetryAfterMs = 120_000;

/** What of a failure matters for the wait after it. */
export type RetryCause = Pick<Failure, 'status' | 'retryAfterMs'>;

/**
 * How long to wait before trying again: what the server asked for, up to two minutes, else full jitter
 * below an exponential bound, so that many clients do not come back in step.
 *
 * @param tried how often has been tried already, from 1
 * @param random a number in [0, 1)
 */
export function retryDelayMs(cause: RetryCause, tried: number, random: number): number {
  if (cause.retryAfterMs !== undefined) {
    return Math.min(longestRetryAfterMs, Math.max(0, cause.retryAfterMs));
  }
  const isOverload = cause.status !== undefined && cause.status >= 502 && cause.status <= 504;
  const bound = Math.min(longestBackoffMs, (isOverload ? overloadBaseMs : baseMs) * 2 ** (tried - 1));
  return Math.round(bound * random);
}

/**
 * `Retry-After` in ms: whole seconds or an HTTP date (RFC 9110, 10.2.3). Undefined where it is neither.
 *
 * @param nowMs ms since 1970
 */
export function parseRetryAfter(header: string | undefined, nowMs: number): number | undefined {
  const value = header?.trim() ?? '';
  if (/^\d+$/.test(value)) {
    return Number(value) * 1000;
  }
  // Date.parse alone would take much that is no date.
  const dateMs = /^[A-Z][a-z]{2,8},? .*\d{2}:\d{2}:\d{2}/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs);
}

/** Tries of one request in all, whatever the failures in between. */
export const mostTries = 5;

const waitedOut: ReadonlySet<FailureKind> = new Set<FailureKind>(['offline', 'network', 'timeout', 'server']);

/**
 * How often a request may fail like this; 1 means never again. Only the way to the service
 * and its own troubles are worth a retry, what it refuses it would refuse again.
 */
export function triesFor(operation: Operation, failure: Failure): number {
  if ((operation === 'chat' || operation === 'understand') && mayHaveTakenEffect(failure)) {
    // Each answer of a language model is work of minutes and billed, and there is nobody to ask for one that got lost.
    return 1;
  }
  if (failure.kind === 'rateLimited') {
    // AssemblyAI documents 429 for this, yet has been seen to answer 403, which may also be for good.
    return failure.status === 403 ? 3 : mostTries;
  }
  if (failure.kind === 'unexpectedAnswer') {
    return 3;
  }
  if (waitedOut.has(failure.kind)) {
    return operation === 'submit' ? 3 : mostTries;
  }
  return 1;
}

/** Whether a failure may pass by itself: the way to the service, and its own troubles. A 403 may stay for good. */
export function mayPass({ kind, status }: Failure): boolean {
  return waitedOut.has(kind) || (kind === 'rateLimited' && status !== 403);
}

/** Waits of a job after the client has given up, ms; after the last one the job fails. */
const jobWaitsMs: readonly number[] = [15_000, 30_000, 60_000, 120_000, 300_000, 300_000, 600_000];

/**
 * How long a job waits for what may pass by itself, such as a network that is gone, before it is tried again; undefined
 * when it is to fail. Almost half an hour in all; what a user has to mend fails at once.
 *
 * @param tried how often the job has failed so since the service last took something, from 1
 * @param random a number in [0, 1), so that many jobs do not come back in step
 */
export function jobWaitMs(failure: Failure, tried: number, random: number): number | undefined {
  const waitMs = jobWaitsMs[tried - 1];
  if (!mayPass(failure) || waitMs === undefined) {
    return undefined;
  }
  const askedMs = Math.min(longestRetryAfterMs, failure.retryAfterMs ?? 0);
  return Math.max(askedMs, Math.round(waitMs * (1 - random / 4)));
}

/** Codes that only come before anything was sent; an unreachable host (`EHOSTUNREACH`) may have become so later. */
const notSent: ReadonlySet<string> = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/**
 * Whether a request may have been carried out although it failed: the answer got lost, or was no answer.
 * A job must not be submitted again then before it has been looked for.
 */
export function mayHaveTakenEffect(failure: Failure): boolean {
  switch (failure.kind) {
    case 'offline':
    case 'network':
    case 'timeout':
      return failure.code === undefined || !notSent.has(failure.code);
    case 'server':
    case 'unexpectedAnswer':
    case 'cancelledWhileSubmitting':
      return true;
    default:
      return false;
  }
}

/**
 * Waits before each look for a job whose submit got no answer, ms. AssemblyAI's list lags behind by seconds; a job that
 * shows up after half a minute only would be paid for twice.
 */
export const findDelaysMs: readonly number[] = [1000, 5000, 10_000, 15_000];
