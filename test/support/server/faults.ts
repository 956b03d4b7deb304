import type { Reply } from '../../../src/local/api/replies';
import { gatewayAccessReply, gatewayErrorReply } from './gateway';
import type { ServerRoute } from './routes';

/** One way for a request to go wrong. */
export interface Fault {
  /** What comes instead of the proper answer; `garble` sends the first half of it. */
  readonly outcome: Reply | 'drop' | 'silence' | 'garble';
  /** Whether the request is carried out first, so that only its answer is lost. */
  readonly takesEffect?: boolean;
  /** How much of the request's body is read first; all of it when left out. */
  readonly readBytes?: number;
}

function json(status: number, error: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return {
    status,
    body: JSON.stringify({ error }),
    headers: { 'content-type': 'application/json', ...headers },
  };
}

function html(status: number, title: string): Reply {
  const body = `<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
  return { status, body, headers: { 'content-type': 'text/html' } };
}

/** Says how a request on that route goes wrong; undefined lets it be. */
export type FaultSource = (route: ServerRoute | undefined) => Fault | undefined;

/** The faults that the API's documentation and its users report, by name. */
export const faults = {
  /** Any error with a JSON body. */
  error: (status: number, error: string): Fault => ({ outcome: json(status, error) }),
  /** Any status with any body. */
  answer: (status: number, body: string, headers: Readonly<Record<string, string>> = {}): Fault => ({
    outcome: { status, body, headers },
  }),
  /** 429, with `Retry-After` as seconds or as an HTTP date when given. */
  rateLimited: (retryAfter?: number | string): Fault => ({
    outcome: json(
      429,
      'Too Many Requests',
      retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) },
    ),
  }),
  /** 403 as a rate limit: neither HTML nor "Cannot access uploaded file". */
  forbiddenByRate: (): Fault => ({ outcome: json(403, 'Forbidden') }),
  /** An error of the LLM Gateway, in the shape that it has had since June 2026. */
  gatewayError: (status: number, message: string, errors: readonly string[] = []): Fault => ({
    outcome: gatewayErrorReply(status, message, errors),
  }),
  /** In the shape before that. */
  nestedGatewayError: (status: number, message: string): Fault => ({
    outcome: {
      ...json(status, ''),
      body: JSON.stringify({ error: { code: status, message, metadata: {} } }),
    },
  }),
  /** In the shape for those who may not come in; by its words, an account that does not pay. */
  noGatewayAccess: (status = 403, error = 'Your account has no access to the LLM Gateway.'): Fault => ({
    outcome: gatewayAccessReply(status, error),
  }),
  /** 429 of the gateway, which says in a header of its own when the minute is over. */
  gatewayRateLimited: (resetSeconds: number): Fault => ({
    outcome: gatewayErrorReply(429, 'Rate limit exceeded', [], {
      'x-ratelimit-reset': String(resetSeconds),
    }),
  }),
  serverError: (): Fault => ({ outcome: json(500, 'Server error, developers have been alerted.') }),
  /** 500 although the request was carried out. */
  serverErrorAfterEffect: (): Fault => ({ outcome: json(500, 'Internal Server Error'), takesEffect: true }),
  overloaded: (): Fault => ({ outcome: { status: 503, body: '' } }),
  badGateway: (): Fault => ({ outcome: html(502, '502 Bad Gateway') }),
  /** A gateway that did not wait long enough, whether the request was carried out or not. */
  gatewayTimeout: (takesEffect = false): Fault => ({
    outcome: html(504, '504 Gateway Time-out'),
    takesEffect,
  }),
  /** The page of a company's proxy. */
  proxyPage: (status = 403): Fault => ({ outcome: html(status, 'Access blocked by policy') }),
  captivePortal: (): Fault => ({ outcome: html(200, 'Welcome to Hotel WiFi') }),
  redirect: (location: string, status = 302): Fault => ({
    outcome: { status, body: '', headers: { location } },
  }),
  dropBeforeEffect: (): Fault => ({ outcome: 'drop' }),
  dropAfterEffect: (): Fault => ({ outcome: 'drop', takesEffect: true }),
  /** Cuts the connection in the middle of an upload. */
  dropAfterBytes: (readBytes: number): Fault => ({ outcome: 'drop', readBytes }),
  /** Half of the JSON; carried out or not. */
  garbled: (takesEffect = true): Fault => ({ outcome: 'garble', takesEffect }),
  /** Answers while the body is still coming, and reads no more of it than that. */
  early: (status: number, error: string, readBytes = 0): Fault => ({
    outcome: json(status, error),
    readBytes,
  }),
  /** Reads that many bytes of the body, then nothing, and never answers. */
  stall: (readBytes = 0): Fault => ({ outcome: 'silence', readBytes }),
  /** Reads all and never answers. */
  silence: (takesEffect = false): Fault => ({ outcome: 'silence', takesEffect }),
} as const;

/** Faults waiting for requests, first come first served on each route. */
export class FaultQueue {
  /** Asked where no fault is waiting. */
  source: FaultSource = () => undefined;
  private readonly waiting: { route: ServerRoute; fault: Fault; times: number }[] = [];

  add(route: ServerRoute, fault: Fault, times: number): void {
    this.waiting.push({ route, fault, times });
  }

  clear(): void {
    this.waiting.length = 0;
  }

  /** The fault that the next request on this route meets, if any. */
  take(route: ServerRoute | undefined): Fault | undefined {
    const index = this.waiting.findIndex((entry) => entry.route === route);
    const entry = this.waiting[index];
    if (entry === undefined) {
      return this.source(route);
    }
    entry.times -= 1;
    if (entry.times <= 0) {
      this.waiting.splice(index, 1);
    }
    return entry.fault;
  }
}
