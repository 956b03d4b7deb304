import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { Failure } from '../core/failures/failure';
import { redact, redactPieces } from '../node/redact';
import { isWellFormedKey } from './apiKey';
import type { BaseUrl } from './baseUrl';
import { responseFailure, connectionFailure, type RequestFacts } from './httpFailures';
import type { Clock, Log } from '../core/ports';

/** What every request to the service has in common. */
export interface HttpClientOptions {
  readonly baseUrl: BaseUrl;
  readonly apiKey: string;
  readonly dispatcher: Dispatcher;
  readonly clock: Clock;
  readonly log: Log;
  readonly userAgent: string;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below the base URL, with query. */
  readonly path: string;
  readonly body?: HttpRequestBody;
  readonly signal: AbortSignal;
  readonly transcriptId?: string;
  /** How long the server may be silent before the headers of its answer; 0 waits for ever. */
  readonly headersTimeoutMs?: number;
  /** How long it may be silent in the middle of its answer. */
  readonly bodyTimeoutMs?: number;
}

interface HttpRequestBody {
  readonly contentType: string;
  readonly lengthBytes: number;
  readonly content: string | AsyncIterable<Uint8Array>;
}

/** A success. */
export interface JsonResponse {
  /** 2xx. */
  readonly status: number;
  readonly json: unknown;
  /** The server's clock (`Date`), ms since 1970. */
  readonly serverMs: number | undefined;
}

type Headers = Dispatcher.ResponseData['headers'];

const silenceMs = 60_000;
const largestAnswerBytes = 64 * 1024 * 1024;
const largestErrorBytes = 64 * 1024;

/** The value of a header, the first where there are several. */
export function headerValue(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** The failure that an aborted signal stands for: the one it was aborted with, else `cancelled`. */
export function abortFailure(signal: Pick<AbortSignal, 'reason'>): Failure {
  const reason: unknown = signal.reason;
  return reason instanceof Failure ? reason : new Failure('cancelled', 'Cancelled', { cause: reason });
}

/**
 * The answer, or at once the failure of an aborted signal: while undici is still connecting, it takes notice of
 * the signal only when that has succeeded or failed, which may take seconds.
 */
export function untilAborted(
  answering: Promise<Dispatcher.ResponseData>,
  signal: AbortSignal,
): Promise<Dispatcher.ResponseData> {
  return new Promise((resolve, reject) => {
    const abandon = (): void => {
      reject(abortFailure(signal));
      // Nobody is left to hear of what still comes.
      answering.then(({ body }) => body.dump()).catch(() => undefined);
    };
    signal.addEventListener('abort', abandon, { once: true });
    answering.then(resolve, reject).finally(() => signal.removeEventListener('abort', abandon));
  });
}

/** Single HTTP exchanges with the service. Knows the key, and keeps it out of everything that leaves here but requests. */
export class HttpClient {
  /** Of the service, for people. */
  readonly host: string;

  constructor(private readonly options: HttpClientOptions) {
    this.host = options.baseUrl.host;
  }

  /**
   * Sends one request and reads its JSON. Nothing is tried again, and redirects are not followed: undici does
   * neither by itself, and the key must not reach another host.
   *
   * @throws Failure
   */
  fetchJson(request: HttpRequest): Promise<JsonResponse> {
    return this.exchange(request, 'application/json', async ({ statusCode, headers, body }) => {
      const json = this.parse(this.redact(await this.readText(body, true)), statusCode);
      return { status: statusCode, json, serverMs: serverMs(headers) };
    });
  }

  /** The same for an answer that is text. */
  fetchText(request: HttpRequest): Promise<string> {
    return this.exchange(request, 'text/plain, */*', async ({ body }) =>
      this.redact(await this.readText(body, true)),
    );
  }

  /**
   * The same for an answer that is read while it comes, in whatever pieces. Who stops reading closes the connection,
   * as the signal does.
   */
  async *streamText(request: HttpRequest): AsyncGenerator<string, void, void> {
    const body = await this.exchange(request, 'text/event-stream, application/json', (answer) =>
      Promise.resolve(answer.body),
    );
    try {
      yield* redactPieces(this.decoded(body), this.options.apiKey);
    } catch (thrown) {
      throw this.failure(thrown, request);
    }
  }

  private async exchange<T>(
    request: HttpRequest,
    accept: string,
    read: (answer: Dispatcher.ResponseData) => Promise<T>,
  ): Promise<T> {
    this.checkKey();
    const { clock, log } = this.options;
    const startedMs = clock.now();
    try {
      request.signal.throwIfAborted();
      const answer = await untilAborted(this.dispatch(request, accept), request.signal);
      const { statusCode } = answer;
      const isSuccess = statusCode >= 200 && statusCode < 300;
      const outcome = isSuccess ? await read(answer) : await this.refusal(answer, request);
      log.debug(`${request.method} ${request.path}: ${statusCode} in ${clock.now() - startedMs} ms`);
      if (outcome instanceof Failure) {
        throw outcome;
      }
      return outcome;
    } catch (thrown) {
      throw this.failure(thrown, request);
    }
  }

  private async refusal(
    { statusCode, headers, body }: Dispatcher.ResponseData,
    request: HttpRequest,
  ): Promise<Failure> {
    const answer = {
      status: statusCode,
      contentType: headerValue(headers, 'content-type') ?? '',
      retryAfter: headerValue(headers, 'retry-after'),
      rateLimitReset: headerValue(headers, 'x-ratelimit-reset'),
      body: this.redact(await this.readText(body, false)),
    };
    return responseFailure(answer, this.facts(request), this.options.clock.now(), (text) =>
      this.redact(text),
    );
  }

  private facts({ transcriptId }: HttpRequest): RequestFacts {
    return { host: this.host, transcriptId };
  }

  private failure(thrown: unknown, request: HttpRequest): Failure {
    return request.signal.aborted
      ? abortFailure(request.signal)
      : connectionFailure(thrown, this.facts(request), (text) => this.redact(text));
  }

  private dispatch(request: HttpRequest, accept: string): Promise<Dispatcher.ResponseData> {
    const { body } = request;
    return this.options.dispatcher.request({
      origin: this.options.baseUrl.origin,
      path: this.options.baseUrl.path + request.path,
      method: request.method,
      headers: {
        authorization: this.options.apiKey,
        accept,
        'user-agent': this.options.userAgent,
        ...(body === undefined
          ? {}
          : { 'content-type': body.contentType, 'content-length': String(body.lengthBytes) }),
      },
      // undici documents that it takes any async iterable, its types only know streams.
      body: (body?.content ?? null) as string | Readable | null,
      signal: request.signal,
      headersTimeout: request.headersTimeoutMs ?? silenceMs,
      bodyTimeout: request.bodyTimeoutMs ?? silenceMs,
    });
  }

  /** Reads to the end, so that the connection can be used again; what is beyond the limit is refused or, of an error, left out. */
  private async readText(body: Dispatcher.ResponseData['body'], isSuccess: boolean): Promise<string> {
    const limit = isSuccess ? largestAnswerBytes : largestErrorBytes;
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > limit) {
        if (isSuccess) {
          throw this.tooLarge();
        }
        break;
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
  }

  /** The bytes as text; of a character that comes in two pieces, the first waits for the second. */
  private async *decoded(body: Dispatcher.ResponseData['body']): AsyncGenerator<string, void, void> {
    const decoder = new TextDecoder();
    let length = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > largestAnswerBytes) {
        throw this.tooLarge();
      }
      yield decoder.decode(chunk, { stream: true });
    }
    yield decoder.decode();
  }

  private tooLarge(): Failure {
    return new Failure('unexpectedAnswer', 'The answer is too large', { host: this.host });
  }

  private parse(text: string, status: number): unknown {
    try {
      return JSON.parse(text);
    } catch {
      throw new Failure('unexpectedAnswer', 'The answer is no JSON', { status, host: this.host });
    }
  }

  private checkKey(): void {
    const { apiKey } = this.options;
    if (apiKey === '') {
      throw new Failure('keyMissing', 'There is no API key', { host: this.host });
    }
    if (!isWellFormedKey(apiKey)) {
      throw new Failure('keyRejected', 'The API key has characters that no key has', { host: this.host });
    }
  }

  /** Servers and proxies that print the request they got print its key. */
  private redact(text: string): string {
    return redact(text, this.options.apiKey);
  }
}

function serverMs(headers: Headers): number | undefined {
  const ms = Date.parse(headerValue(headers, 'date') ?? '');
  return Number.isNaN(ms) ? undefined : ms;
}
