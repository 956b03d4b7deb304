import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from '../../core/ports';
import { codeOf } from '../../node/errorCode';
import { apiErrors, jsonReply, type Reply } from '../api/replies';
import { routeOf } from '../api/routes';
import { callerRefusal, keyRefusal } from './admission';
import { RequestHandler, type BodyLimits, type RequestHandlerOptions } from './requestHandler';

/** How to start the HTTP server. */
export interface HttpServerOptions extends Omit<RequestHandlerOptions, 'limits'> {
  /** 0: any free port. */
  readonly port: number;
  /** The API key that requests must send. */
  readonly key: string;
  readonly log: Log;
  /** The current time, ms since 1970. */
  readonly now: () => number;
  /** Limits other than the defaults. */
  readonly limits?: Partial<HttpLimits>;
}

/** Limits for requests and connections. */
export interface HttpLimits extends BodyLimits {
  /** How long a client may take to send the head of a request. Node checks this every 30 s. */
  readonly headMs: number;
  /** A connection that is idle for this long is cut. */
  readonly stallMs: number;
  /** The most connections at once; others are closed. */
  readonly connections: number;
  /** How long the server reads the rest of a body that it refused, so that the reply gets through. */
  readonly lingerMs: number;
}

const defaultLimits: HttpLimits = {
  // The limit that AssemblyAI documents.
  uploadBytes: 2.2e9,
  jsonBytes: 1 << 20,
  jsonMs: 30_000,
  headMs: 60_000,
  stallMs: 60_000,
  lingerMs: 10_000,
  connections: 100,
};

/** The API on 127.0.0.1. */
export interface HttpServer {
  /** Base URL, without a slash at its end. */
  readonly url: string;
  /** Number of admitted requests that are being answered: those with the right key. */
  readonly openRequests: number;
  /** When the last admitted request started or ended, ms since 1970. */
  readonly lastRequestMs: number;
  /** Stops listening and cuts open connections. */
  close(): Promise<void>;
}

/** Admits requests, has them carried out and sends the replies. */
class RequestListener {
  port = 0;
  openRequests = 0;
  lastRequestMs: number;
  private readonly handler: RequestHandler;

  constructor(
    private readonly options: HttpServerOptions,
    private readonly limits: HttpLimits,
  ) {
    this.handler = new RequestHandler({ ...options, limits });
    this.lastRequestMs = options.now();
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      this.send(request, response, await this.reply(request, response));
    } catch (thrown) {
      if (!request.socket.destroyed) {
        this.options.log.error(`${String(request.method)}: ${String(thrown)}`);
        this.send(request, response, isDiskFull(thrown) ? apiErrors.diskFull : apiErrors.internal);
      }
    }
  }

  private async reply(request: IncomingMessage, response: ServerResponse): Promise<Reply> {
    const { headers, method = '', url: path = '' } = request;
    const refusal = callerRefusal(headers, this.port);
    if (refusal !== undefined) {
      return refusal;
    }
    if (method === 'GET' && path === '/health') {
      return jsonReply(200, { status: 'ok' });
    }
    return keyRefusal(headers, this.options.key) ?? this.admittedReply(request, response, method, path);
  }

  /** Only these keep the server awake: any program on this machine can ask for `/health`. */
  private countUntilClosed(response: ServerResponse): void {
    this.openRequests += 1;
    this.lastRequestMs = this.options.now();
    response.once('close', () => {
      this.openRequests -= 1;
      this.lastRequestMs = this.options.now();
    });
  }

  private async admittedReply(
    request: IncomingMessage,
    response: ServerResponse,
    method: string,
    path: string,
  ): Promise<Reply> {
    this.countUntilClosed(response);
    const url = URL.canParse(path, this.url) ? new URL(path, this.url) : undefined;
    const target = url && routeOf(method, url.pathname);
    if (url === undefined || target === undefined) {
      return apiErrors.notFound;
    }
    if (request.headers.expect !== undefined) {
      response.writeContinue();
    }
    return this.handler.reply(request, target, url, this.url);
  }

  private send(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
    response.writeHead(reply.status, {
      ...reply.headers,
      'content-length': Buffer.byteLength(reply.body),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    response.end(reply.body);
    if (!request.complete) {
      // If the connection were closed before the whole body is read, the reply could get lost.
      request.resume();
      const cut = setTimeout(() => request.socket.destroy(), this.limits.lingerMs);
      request.once('close', () => clearTimeout(cut));
    }
  }
}

function isDiskFull(thrown: unknown): boolean {
  return ['ENOSPC', 'EDQUOT'].includes(codeOf(thrown) ?? '');
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', () => {
      server.removeListener('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/**
 * Starts the server on 127.0.0.1. It is listening when the promise resolves.
 *
 * @throws Error of Node when the port is not available (`EADDRINUSE`, `EACCES`)
 */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const limits = { ...defaultLimits, ...options.limits };
  const listener = new RequestListener(options, limits);
  const handle = (request: IncomingMessage, response: ServerResponse): void =>
    void listener.handle(request, response);
  // An upload may take any time as long as bytes arrive, which `setTimeout` checks. Heads have a limit of their own.
  const nodeLimits = { requestTimeout: 0, headersTimeout: limits.headMs, keepAliveTimeout: 30_000 };
  const server = createServer({ ...nodeLimits, maxHeaderSize: 16_384 }, handle)
    .on('checkContinue', handle)
    .setTimeout(limits.stallMs);
  server.maxConnections = limits.connections;
  listener.port = await listen(server, options.port);
  return {
    url: listener.url,
    get openRequests() {
      return listener.openRequests;
    },
    get lastRequestMs() {
      return listener.lastRequestMs;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
