import type { Reply } from '../../../src/local/api/replies';
import { gatewayAccessReply, gatewayErrorReply } from './gateway';
import type { ServerRoute } from './routes';

/** A way in which a request fails. */
export interface Fault {
  /** What is sent instead of the normal response; `garble` sends the first half of that. */
  readonly outcome: Reply | 'drop' | 'silence' | 'garble';
  /** Whether the request is carried out first, so that only its response is lost. */
  readonly takesEffect?: boolean;
  /** How much of the request's body is read first; all of it by default. */
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

/** Chooses the fault of a request on a route; undefined for none. */
export type FaultSource = (route: ServerRoute | undefined) => Fault | undefined;

/** The faults that the API's documentation and its users describe. */
export const faults = {
  /** Any error with a JSON body. */
  error: (status: number, error: string): Fault => ({ outcome: json(status, error) }),
  /** Any status with any body. */
  answer: (status: number, body: string, headers: Readonly<Record<string, string>> = {}): Fault => ({
    outcome: { status, body, headers },
  }),
  /** 429; `Retry-After` may be given as seconds or as an HTTP date. */
  rateLimited: (retryAfter?: number | string): Fault => ({
    outcome: json(
      429,
      'Too Many Requests',
      retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) },
    ),
  }),
  /** 403 as a rate limit: neither HTML nor "Cannot access uploaded file". */
  forbiddenByRate: (): Fault => ({ outcome: json(403, 'Forbidden') }),
  /** An error of the LLM Gateway, in its shape since June 2026. */
  gatewayError: (status: number, message: string, errors: readonly string[] = []): Fault => ({
    outcome: gatewayErrorReply(status, message, errors),
  }),
  /** An error of the LLM Gateway, in its earlier shape. */
  nestedGatewayError: (status: number, message: string): Fault => ({
    outcome: {
      ...json(status, ''),
      body: JSON.stringify({ error: { code: status, message, metadata: {} } }),
    },
  }),
  /** An error of the LLM Gateway for accounts without access; the default message is for accounts that do not pay. */
  noGatewayAccess: (status = 403, error = 'Your account has no access to the LLM Gateway.'): Fault => ({
    outcome: gatewayAccessReply(status, error),
  }),
  /** 429 of the gateway, with its own header for the time to wait. */
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
  /** 504 of a proxy, whether the request was carried out or not. */
  gatewayTimeout: (takesEffect = false): Fault => ({
    outcome: html(504, '504 Gateway Time-out'),
    takesEffect,
  }),
  /** The web page of a company's proxy. */
  proxyPage: (status = 403): Fault => ({ outcome: html(status, 'Access blocked by policy') }),
  captivePortal: (): Fault => ({ outcome: html(200, 'Welcome to Hotel WiFi') }),
  redirect: (location: string, status = 302): Fault => ({
    outcome: { status, body: '', headers: { location } },
  }),
  dropBeforeEffect: (): Fault => ({ outcome: 'drop' }),
  dropAfterEffect: (): Fault => ({ outcome: 'drop', takesEffect: true }),
  /** Cuts the connection in the middle of an upload. */
  dropAfterBytes: (readBytes: number): Fault => ({ outcome: 'drop', readBytes }),
  /** Half of the JSON, whether the request was carried out or not. */
  garbled: (takesEffect = true): Fault => ({ outcome: 'garble', takesEffect }),
  /** Responds after this many bytes of the body, and reads no more. */
  early: (status: number, error: string, readBytes = 0): Fault => ({
    outcome: json(status, error),
    readBytes,
  }),
  /** Reads this many bytes of the body, then nothing, and never responds. */
  stall: (readBytes = 0): Fault => ({ outcome: 'silence', readBytes }),
  /** Reads the whole body and never responds. */
  silence: (takesEffect = false): Fault => ({ outcome: 'silence', takesEffect }),
} as const;

/** Faults for the next requests: on each route, the first request gets the first fault. */
export class FaultQueue {
  /** Chooses a fault if there is none for the next request. */
  source: FaultSource = () => undefined;
  private readonly waiting: { route: ServerRoute; fault: Fault; times: number }[] = [];

  add(route: ServerRoute, fault: Fault, times: number): void {
    this.waiting.push({ route, fault, times });
  }

  clear(): void {
    this.waiting.length = 0;
  }

  /** Takes the fault of the next request on a route, if there is one. */
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
