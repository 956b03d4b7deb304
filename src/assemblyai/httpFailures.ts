import { Failure, type FailureKind } from '../core/failures/failure';
import { isWebPage, errorText } from '../core/failures/errorText';
import { codesOf } from '../node/errorCode';
import { parseRetryAfter } from '../core/jobs/retryTiming';
import { oneLine, oneLineWithoutTags } from '../core/text';

/** An answer that is no success, as far as it is read. */
export interface ErrorResponse {
  readonly status: number;
  readonly contentType: string;
  readonly retryAfter: string | undefined;
  /** `X-RateLimit-Reset`, which the LLM Gateway sends instead: seconds. */
  readonly rateLimitReset?: string | undefined;
  /** Already without the key. */
  readonly body: string;
}

/** What the request was about. */
export interface RequestFacts {
  /** Of the service, for people. */
  readonly host: string;
  readonly transcriptId?: string | undefined;
}

const longestLoggedBody = 500;

/** Kinds that a status means by itself, whoever sent it. */
const kindOfStatus: ReadonlyMap<number, FailureKind> = new Map<number, FailureKind>([
  [402, 'billing'],
  [407, 'proxyAuthentication'],
  [408, 'timeout'],
  [413, 'tooLarge'],
  [425, 'server'],
  [429, 'rateLimited'],
  [511, 'blocked'],
]);

function kindOf400(words: string): FailureKind {
  if (/account balance|top up/i.test(words)) {
    return 'billing';
  }
  if (/on this machine/i.test(words)) {
    return 'beyondLocal';
  }
  if (/status of '(queued|processing)'|transcription is still in progress/i.test(words)) {
    return 'transcriptNotReady';
  }
  // The documentation promises 404 for an unknown id, the service answers 400.
  return /transcript lookup error|transcript id not found/i.test(words) ? 'notFound' : 'invalidRequest';
}

function kindOf403(words: string): FailureKind {
  // Any other 403 of the API is its second way to limit the rate.
  return /cannot access uploaded file/i.test(words) ? 'uploadForbidden' : 'rateLimited';
}

function kindOf404(words: string): FailureKind {
  return /\btranscript (was |has been )?deleted\b/i.test(words) ? 'transcriptDeleted' : 'notFound';
}

function kindOfAnswer({ status, contentType, body }: ErrorResponse, words: string): FailureKind {
  const certain = kindOfStatus.get(status);
  if (certain !== undefined) {
    return certain;
  }
  if (status < 400) {
    return 'redirected';
  }
  if (status >= 500) {
    return 'server';
  }
  if (isWebPage(contentType, body)) {
    return 'blocked';
  }
  switch (status) {
    case 400:
      return kindOf400(words);
    case 401:
      return 'keyRejected';
    case 403:
      return kindOf403(words);
    case 404:
      return kindOf404(words);
    default:
      return 'invalidRequest';
  }
}

/** In how many seconds a limit is over; the header also comes with answers that no limit has refused. */
function resetOf({ status, rateLimitReset = '' }: ErrorResponse): string | undefined {
  // A larger number would be a moment, not a wait.
  return status === 429 && /^\d{1,5}$/.test(rateLimitReset) ? rateLimitReset : undefined;
}

/**
 * An answer with another status than 2xx as a Failure. AssemblyAI documents its statuses; the bodies of
 * proxies and gateways on the way are web pages, of which nothing is shown.
 *
 * @param nowMs ms since 1970, for `Retry-After` with a date
 * @param redact takes the key out of a text
 */
export function responseFailure(
  answer: ErrorResponse,
  request: RequestFacts,
  nowMs: number,
  redact: (text: string) => string,
): Failure {
  // Once more after the JSON was read: in its text a key can hide behind escapes.
  const words = redact(errorText(answer.contentType, answer.body));
  const kind = kindOfAnswer(answer, words);
  return new Failure(kind, words === '' ? `HTTP ${answer.status} without words` : words, {
    status: answer.status,
    retryAfterMs: parseRetryAfter(answer.retryAfter ?? resetOf(answer), nowMs),
    body: oneLineWithoutTags(answer.body, longestLoggedBody),
    ...request,
  });
}

/** Codes of the system, of TLS and of undici; whatever else has a code is `network`. */
const kindsOfCodes: readonly (readonly [codes: RegExp, kind: FailureKind])[] = [
  [/^(ENOTFOUND|EAI_\w+|ENETUNREACH|ENETDOWN|EHOSTUNREACH|EHOSTDOWN|EADDRNOTAVAIL)$/, 'offline'],
  [/^(ETIMEDOUT|UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT)$/, 'timeout'],
  [
    /^(CERT_|ERR_TLS_CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_|HOSTNAME_MISMATCH)/,
    'certificate',
  ],
  [/^(HPE_|UND_ERR_(HEADERS_OVERFLOW|RES_|RESPONSE))/, 'unexpectedAnswer'],
];

/** The kind by the most telling code: undici wraps what TLS and the system say. */
function kindOfCodes(codes: readonly string[]): { kind: FailureKind; code: string } | undefined {
  for (const [pattern, kind] of kindsOfCodes) {
    const code = codes.find((each) => pattern.test(each));
    if (code !== undefined) {
      return { kind, code };
    }
  }
  const code = codes.find((each) => each !== 'UND_ERR_INVALID_ARG');
  return code === undefined ? undefined : { kind: 'network', code };
}

/** What a proxy answered to CONNECT; undici tells it in words only. */
function tunnelFailure(message: string, request: RequestFacts): Failure | undefined {
  const status = Number(/^Proxy response \((\d{3})\)/.exec(message)?.[1]);
  if (Number.isNaN(status)) {
    return undefined;
  }
  const kind = status === 407 ? 'proxyAuthentication' : status < 500 ? 'blocked' : 'network';
  return new Failure(kind, `The proxy answered ${status}`, { ...request, status });
}

/**
 * An error of the connection as a Failure. The error itself is not kept: undici puts parts of requests and
 * answers into some, and those may hold the key.
 *
 * @param redact takes the key out of a text
 */
export function connectionFailure(
  thrown: unknown,
  request: RequestFacts,
  redact: (text: string) => string,
): Failure {
  if (thrown instanceof Failure) {
    return thrown;
  }
  const message = redact(oneLine(thrown instanceof Error ? thrown.message : String(thrown)));
  const tunnel = tunnelFailure(message, request);
  if (tunnel !== undefined) {
    return tunnel;
  }
  const found = kindOfCodes(codesOf(thrown));
  return found === undefined
    ? new Failure('unexpected', message, request)
    : new Failure(found.kind, message === '' ? found.code : message, { ...request, code: found.code });
}
