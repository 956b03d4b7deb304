import type { Failure, FailureKind } from '../failures/failure';

/** Kinds of requests, which differ in how often they may be repeated. */
export type Operation = 'upload' | 'submit' | 'get' | 'list' | 'delete' | 'understand' | 'chat';

const baseMs = 1000;
/** Overloaded gateways get more time. */
const overloadBaseMs = 2000;
const longestBackoffMs = 30_000;
const longestRetryAfterMs = 120_000;

/** The part of a failure that matters for the wait after it. */
export type RetryCause = Pick<Failure, 'status' | 'retryAfterMs'>;

/**
 * How long to wait before the next try: as long as the server asked for, up to two minutes; otherwise full jitter below
 * an exponential bound, so that many clients do not come back in step.
 *
 * @param tried how many tries there were already, from 1
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
  // Date.parse alone accepts much that is no date.
  const dateMs = /^[A-Z][a-z]{2,8},? .*\d{2}:\d{2}:\d{2}/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs);
}

/** How often one request is tried in all. */
export const maxTries = 5;

const waitedOut: ReadonlySet<FailureKind> = new Set<FailureKind>(['offline', 'network', 'timeout', 'server']);

/**
 * How often a request may be tried that fails like this; 1 means never again. Only failures of the network and of the
 * service itself are worth a retry. What the service refuses, it would refuse again.
 */
export function triesFor(operation: Operation, failure: Failure): number {
  if ((operation === 'chat' || operation === 'understand') && mayHaveTakenEffect(failure)) {
    // Each answer of a language model takes minutes and is billed, and an answer that got lost cannot be asked for.
    return 1;
  }
  if (failure.kind === 'rateLimited') {
    // AssemblyAI documents 429 for this, but was seen to answer 403, which may also be permanent.
    return failure.status === 403 ? 3 : maxTries;
  }
  if (failure.kind === 'uploadUnanswered') {
    // A third upload of the whole file would go the same way: the user has to know first.
    return 2;
  }
  if (failure.kind === 'unexpectedAnswer') {
    return 3;
  }
  if (waitedOut.has(failure.kind)) {
    return operation === 'submit' ? 3 : maxTries;
  }
  return 1;
}

/** Whether a failure may pass by itself: one of the network, or of the service itself. A 403 may be permanent. */
export function mayPass({ kind, status }: Failure): boolean {
  return waitedOut.has(kind) || (kind === 'rateLimited' && status !== 403);
}

/** How long a job waits each time that the client has given up, ms. After the last wait the job fails. */
const jobWaitsMs: readonly number[] = [15_000, 30_000, 60_000, 120_000, 300_000, 300_000, 600_000];

/**
 * How long a job waits for a failure to pass, such as a lost network, before it tries again; undefined when it fails.
 * Almost half an hour in all. A failure that its user has to mend fails at once.
 *
 * @param tried how often the job has failed since the service last accepted something, from 1
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

/** Codes of failures before anything was sent. A host may also become unreachable (`EHOSTUNREACH`) later. */
const notSent: ReadonlySet<string> = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/**
 * Whether a request may have taken effect although it failed, because its answer got lost or made no sense. Then a job
 * must not be submitted again before the service was asked for it.
 */
export function mayHaveTakenEffect(failure: Failure): boolean {
  switch (failure.kind) {
    case 'offline':
    case 'network':
    case 'timeout':
      return failure.code === undefined || !notSent.has(failure.code);
    case 'server':
    case 'unexpectedAnswer':
    case 'answerTooLarge':
    case 'cancelledWhileSubmitting':
      return true;
    default:
      return false;
  }
}

/**
 * The waits before each request for a job whose submit got no answer, ms. AssemblyAI's list lags behind by seconds. A job
 * that is listed only after half a minute would be paid for twice.
 */
export const findDelaysMs: readonly number[] = [1000, 5000, 10_000, 15_000];
