import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { Failure } from '../core/failures/failure';
import { ExcessiveJson, parseJson } from '../core/parseJson';
import type { Clock, Log } from '../core/ports';
import { oneLineWithoutTags } from '../core/text';
import { redact, redactJson, redactPieces } from '../node/redact';
import { isWellFormedKey } from './apiKey';
import type { BaseUrl } from './baseUrl';
import { connectionFailure, responseFailure, type RequestFacts } from './httpFailures';

/** What all requests to a service have in common. */
export interface HttpClientOptions {
  readonly baseUrl: BaseUrl;
  readonly apiKey: string;
  readonly dispatcher: Dispatcher;
  readonly clock: Clock;
  readonly log: Log;
  readonly userAgent: string;
}

/** A request to the service. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Path below the base URL, with query. */
  readonly path: string;
  readonly body?: HttpRequestBody;
  readonly signal: AbortSignal;
  /** The transcript that it is about, for failures. */
  readonly transcriptId?: string;
  /** How long to wait for the headers of the response, in ms; 0 for no limit, one minute by default. */
  readonly headersTimeoutMs?: number;
  /** How long the server may pause in the body of the response, in ms; one minute by default. */
  readonly bodyTimeoutMs?: number;
  /** The most bytes that the response may have; enough for everything but transcripts by default. */
  readonly maxBytes?: number;
}

interface HttpRequestBody {
  readonly contentType: string;
  readonly lengthBytes: number;
  readonly content: string | AsyncIterable<Uint8Array>;
}

/** A successful response. */
export interface JsonResponse {
  /** HTTP status, 200 to 299. */
  readonly status: number;
  readonly json: unknown;
  /** The server's time by its `Date` header, ms since 1970; undefined without a valid one. */
  readonly serverMs: number | undefined;
}

type Headers = Dispatcher.ResponseData['headers'];

const defaultTimeoutMs = 60_000;
/** A page of the list has some hundred kilobytes. */
const defaultMostBytes = 8 * 1024 * 1024;
/** The tokens of a long answer, one in each event. */
const maxStreamedBytes = 64 * 1024 * 1024;
const maxErrorBytes = 64 * 1024;
/** Of an answer that is not even the beginning of JSON, this much is logged. Broken JSON may have what people said. */
const maxLoggedLength = 500;
const jsonBeginning = /^\s{0,99}[{[]/;

/** The value of a header; the first one where there are several. @param name in lower case */
export function headerValue(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** The failure for an aborted signal: the Failure that it was aborted with, otherwise `cancelled`. */
export function abortFailure(signal: Pick<AbortSignal, 'reason'>): Failure {
  const reason: unknown = signal.reason;
  return reason instanceof Failure ? reason : new Failure('cancelled', 'Cancelled', { cause: reason });
}

/**
 * Waits for a response, and rejects as soon as the signal is aborted. undici alone would not: while it is connecting,
 * it ignores the signal until the connection is made or has failed, which may take seconds.
 *
 * @throws Failure see `abortFailure`
 */
export function untilAborted(
  responding: Promise<Dispatcher.ResponseData>,
  signal: AbortSignal,
): Promise<Dispatcher.ResponseData> {
  return new Promise((resolve, reject) => {
    const abandon = (): void => {
      reject(abortFailure(signal));
      // A response or an error that still comes is of no interest.
      responding.then(({ body }) => body.dump()).catch(() => undefined);
    };
    signal.addEventListener('abort', abandon, { once: true });
    responding.then(resolve, reject).finally(() => signal.removeEventListener('abort', abandon));
  });
}

/**
 * Sends single requests to a service, without retries and without following redirects, so the key never reaches another
 * host. Removes the key from responses and failures, in case a server or proxy repeats the request.
 */
export class HttpClient {
  /** Host and port of the service, to be shown. */
  readonly host: string;

  constructor(private readonly options: HttpClientOptions) {
    this.host = options.baseUrl.host;
  }

  /** Sends a request and parses the JSON of the response. @throws Failure */
  fetchJson(request: HttpRequest): Promise<JsonResponse> {
    return this.exchange(request, 'application/json', async ({ statusCode, headers, body }) => {
      const json = this.parse(await this.readText(body, maxBytesOf(request)), statusCode, headers);
      return { status: statusCode, json, serverMs: serverMs(headers) };
    });
  }

  /** Sends a request and reads the response as text. @throws Failure */
  fetchText(request: HttpRequest): Promise<string> {
    return this.exchange(request, 'text/plain, */*', async ({ body }) =>
      this.redact(await this.readText(body, maxBytesOf(request))),
    );
  }

  /**
   * Sends a request and yields the text of the response as it arrives, cut anywhere. Ending the iteration closes the
   * connection, as does aborting the signal.
   *
   * @throws Failure
   */
  async *streamText(request: HttpRequest): AsyncGenerator<string, void, void> {
    const body = await this.exchange(request, 'text/event-stream, application/json', (response) =>
      Promise.resolve(response.body),
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
    read: (response: Dispatcher.ResponseData) => Promise<T>,
  ): Promise<T> {
    this.checkKey();
    const { clock, log } = this.options;
    const startedMs = clock.now();
    try {
      request.signal.throwIfAborted();
      const response = await untilAborted(this.dispatch(request, accept), request.signal);
      const { statusCode } = response;
      const isSuccess = statusCode >= 200 && statusCode < 300;
      const outcome = isSuccess ? await read(response) : await this.refusal(response, request);
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
    const response = {
      status: statusCode,
      contentType: headerValue(headers, 'content-type') ?? '',
      retryAfter: headerValue(headers, 'retry-after'),
      rateLimitReset: headerValue(headers, 'x-ratelimit-reset'),
      body: this.redact(await this.readText(body, maxErrorBytes, true)),
    };
    return responseFailure(response, this.facts(request), this.options.clock.now(), (text) =>
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
        'accept-encoding': 'identity',
        'user-agent': this.options.userAgent,
        ...(body === undefined
          ? {}
          : { 'content-type': body.contentType, 'content-length': String(body.lengthBytes) }),
      },
      // undici documents that it accepts any async iterable, but its types allow only streams.
      body: (body?.content ?? null) as string | Readable | null,
      signal: request.signal,
      headersTimeout: request.headersTimeoutMs ?? defaultTimeoutMs,
      bodyTimeout: request.bodyTimeoutMs ?? defaultTimeoutMs,
    });
  }

  /**
   * Reads a body to its end, so that the connection can be reused.
   * @param cuts whether the rest of a body over the limit is ignored, rather than a failure
   */
  private async readText(
    body: Dispatcher.ResponseData['body'],
    maxBytes: number,
    cuts = false,
  ): Promise<string> {
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > maxBytes) {
        if (!cuts) {
          throw this.tooLarge();
        }
        break;
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
  }

  /** Decodes a body as it arrives. The beginning of a character that is cut in two waits for the rest. */
  private async *decoded(body: Dispatcher.ResponseData['body']): AsyncGenerator<string, void, void> {
    const decoder = new TextDecoder();
    let length = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > maxStreamedBytes) {
        throw this.tooLarge();
      }
      yield decoder.decode(chunk, { stream: true });
    }
    yield decoder.decode();
  }

  private tooLarge(): Failure {
    return new Failure('answerTooLarge', 'The answer is too large', { host: this.host });
  }

  private parse(text: string, status: number, headers: Headers): unknown {
    try {
      return redactJson(parseJson(this.redact(text)), text, this.options.apiKey);
    } catch (thrown) {
      if (thrown instanceof ExcessiveJson) {
        throw this.tooLarge();
      }
      const facts = { status, host: this.host };
      if (jsonBeginning.test(text)) {
        throw new Failure(
          'unexpectedAnswer',
          `The answer is broken JSON of ${text.length} characters`,
          facts,
        );
      }
      const encoding = headerValue(headers, 'content-encoding');
      const message =
        encoding === undefined ? 'The answer is not JSON' : `The answer is encoded: ${encoding}`;
      const body = oneLineWithoutTags(this.redact(text), maxLoggedLength);
      throw new Failure('unexpectedAnswer', message, { ...facts, body });
    }
  }

  private checkKey(): void {
    const { apiKey } = this.options;
    if (apiKey === '') {
      throw new Failure('keyMissing', 'There is no API key', { host: this.host });
    }
    if (!isWellFormedKey(apiKey)) {
      throw new Failure('keyRejected', 'The API key contains invalid characters', { host: this.host });
    }
  }

  private redact(text: string): string {
    return redact(text, this.options.apiKey);
  }
}

function maxBytesOf({ maxBytes = defaultMostBytes }: HttpRequest): number {
  return maxBytes;
}

function serverMs(headers: Headers): number | undefined {
  const ms = Date.parse(headerValue(headers, 'date') ?? '');
  return Number.isNaN(ms) ? undefined : ms;
}
