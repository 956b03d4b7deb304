import { errorText, isWebPage, wordlessMessage } from '../core/failures/errorText';
import { Failure, type FailureKind } from '../core/failures/failure';
import { parseRetryAfter } from '../core/jobs/retryTiming';
import { oneLine, oneLineWithoutTags } from '../core/text';
import { codesOf } from '../node/errorCode';

/** A response with another status than 2xx. */
export interface ErrorResponse {
  readonly status: number;
  readonly contentType: string;
  readonly retryAfter: string | undefined;
  /** `X-RateLimit-Reset` in seconds, which the LLM Gateway sends instead of `Retry-After`. */
  readonly rateLimitReset?: string | undefined;
  /** Without the API key. */
  readonly body: string;
}

/** Facts about the request, for failures. */
export interface RequestFacts {
  /** Host and port of the service, to be shown. */
  readonly host: string;
  readonly transcriptId?: string | undefined;
}

const maxLoggedBodyLength = 500;

/** Statuses whose kind does not depend on the body. */
const kindOfStatus: ReadonlyMap<number, FailureKind> = new Map<number, FailureKind>([
  [402, 'billing'],
  [407, 'proxyAuthentication'],
  [408, 'timeout'],
  [413, 'tooLarge'],
  [425, 'server'],
  [429, 'rateLimited'],
  [511, 'blocked'],
]);

function kindOf400(text: string): FailureKind {
  if (/account balance|top up/i.test(text)) {
    return 'billing';
  }
  if (/on this machine/i.test(text)) {
    return 'beyondLocal';
  }
  if (/status of '(queued|processing)'|transcription is still in progress/i.test(text)) {
    return 'transcriptNotReady';
  }
  // The documentation says 404 for an unknown id, but the service sends 400.
  return /transcript lookup error|transcript id not found/i.test(text) ? 'notFound' : 'invalidRequest';
}

function kindOf403(text: string): FailureKind {
  // For any other reason, the API sends 403 when it limits the rate.
  return /cannot access uploaded file/i.test(text) ? 'uploadForbidden' : 'rateLimited';
}

function kindOf404(text: string): FailureKind {
  return /\btranscript (was |has been )?deleted\b/i.test(text) ? 'transcriptDeleted' : 'notFound';
}

function kindOfResponse({ status, contentType, body }: ErrorResponse, text: string): FailureKind {
  const kind = kindOfStatus.get(status);
  if (kind !== undefined) {
    return kind;
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
      return kindOf400(text);
    case 401:
      return 'keyRejected';
    case 403:
      return kindOf403(text);
    case 404:
      return kindOf404(text);
    default:
      return 'invalidRequest';
  }
}

/** `X-RateLimit-Reset` of a response that a rate limit has refused; other responses have this header as well. */
function resetOf({ status, rateLimitReset = '' }: ErrorResponse): string | undefined {
  // A larger number would be a point in time.
  return status === 429 && /^\d{1,5}$/.test(rateLimitReset) ? rateLimitReset : undefined;
}

/**
 * The failure for a response with another status than 2xx. AssemblyAI documents its statuses
 * (https://www.assemblyai.com/docs). Proxies and firewalls send web pages, of which no text is used.
 *
 * @param nowMs ms since 1970, for a `Retry-After` with a date
 * @param redact removes the API key from a text
 */
export function responseFailure(
  response: ErrorResponse,
  request: RequestFacts,
  nowMs: number,
  redact: (text: string) => string,
): Failure {
  // Redacted again, since escapes in the JSON can hide the key.
  const text = redact(errorText(response.contentType, response.body));
  const kind = kindOfResponse(response, text);
  return new Failure(kind, text === '' ? wordlessMessage(response.status) : text, {
    status: response.status,
    retryAfterMs: parseRetryAfter(response.retryAfter ?? resetOf(response), nowMs),
    body: oneLineWithoutTags(response.body, maxLoggedBodyLength),
    ...request,
  });
}

/** Kinds of error codes of the system, of TLS and of undici. Any other code is `network`. */
const kindsOfCodes: readonly (readonly [codes: RegExp, kind: FailureKind])[] = [
  [/^(ENOTFOUND|EAI_\w+|ENETUNREACH|ENETDOWN|EHOSTUNREACH|EHOSTDOWN|EADDRNOTAVAIL)$/, 'offline'],
  [/^(ETIMEDOUT|UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT)$/, 'timeout'],
  [
    /^(CERT_|ERR_TLS_CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_|HOSTNAME_MISMATCH)/,
    'certificate',
  ],
  [/^(HPE_|UND_ERR_(HEADERS_OVERFLOW|RES_|RESPONSE))/, 'unexpectedAnswer'],
];

/** The kind by the most specific code, since undici wraps errors of TLS and the system. */
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

/** The failure for a proxy that refused CONNECT. undici has its status only in the message. */
function tunnelFailure(message: string, request: RequestFacts): Failure | undefined {
  const status = Number(/^Proxy response \((\d{3})\)/.exec(message)?.[1]);
  if (Number.isNaN(status)) {
    return undefined;
  }
  const kind = status === 407 ? 'proxyAuthentication' : status < 500 ? 'blocked' : 'network';
  return new Failure(kind, `The proxy answered ${status}`, { ...request, status });
}

/**
 * The failure for an error of undici; a Failure is returned as it is. The error is not kept as a cause, since undici
 * puts parts of requests and responses into some errors, and these may contain the key.
 *
 * @param redact removes the API key from a text
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
