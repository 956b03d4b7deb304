import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { apiErrors, jsonReply, type Reply } from '../api/replies';
import { routeOf } from '../api/routes';
import { callerRefusal, keyRefusal } from './admission';
import { Api, type ApiOptions, type Limits } from './api';
import type { Log } from '../../core/ports';

export interface LocalServerOptions extends Omit<ApiOptions, 'limits'> {
  /** 0 takes a free one. */
  readonly port: number;
  /** The only key that is good. */
  readonly key: string;
  readonly log: Log;
  /** ms since 1970. */
  readonly now: () => number;
  readonly limits?: Partial<ServerLimits>;
}

export interface ServerLimits extends Limits {
  /** Until the last byte of a request's head; looked at every half minute. */
  readonly headMs: number;
  /** A connection on which nothing moves for so long is cut. */
  readonly stallMs: number;
  /** How long the rest of a refused body is read, so that the answer gets through. */
  readonly lingerMs: number;
}

const defaultLimits: ServerLimits = {
  // As AssemblyAI documents it.
  uploadBytes: 2.2e9,
  jsonBytes: 1 << 20,
  jsonMs: 30_000,
  headMs: 60_000,
  stallMs: 60_000,
  lingerMs: 10_000,
};

/** The API on loopback. */
export interface LocalServer {
  /** Base URL, without a slash at its end. */
  readonly url: string;
  /** Requests that are being answered. */
  readonly openRequests: number;
  /** When the last request began or ended, ms since 1970. */
  readonly lastRequestMs: number;
  /** Cuts what is open. */
  close(): Promise<void>;
}

class Door {
  port = 0;
  openRequests = 0;
  lastRequestMs: number;
  private readonly api: Api;

  constructor(
    private readonly options: LocalServerOptions,
    private readonly limits: ServerLimits,
  ) {
    this.api = new Api({ ...options, limits });
    this.lastRequestMs = options.now();
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.openRequests += 1;
    this.lastRequestMs = this.options.now();
    response.once('close', () => {
      this.openRequests -= 1;
      this.lastRequestMs = this.options.now();
    });
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
    return keyRefusal(headers, this.options.key) ?? this.replyInside(request, response, method, path);
  }

  private async replyInside(
    request: IncomingMessage,
    response: ServerResponse,
    method: string,
    path: string,
  ): Promise<Reply> {
    const url = URL.canParse(path, this.url) ? new URL(path, this.url) : undefined;
    const target = url && routeOf(method, url.pathname);
    if (url === undefined || target === undefined) {
      return apiErrors.notFound;
    }
    if (request.headers.expect !== undefined) {
      response.writeContinue();
    }
    return this.api.reply(request, target, url, this.url);
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
      // A connection that is closed over unread bytes may lose the answer.
      request.resume();
      const cut = setTimeout(() => request.socket.destroy(), this.limits.lingerMs);
      request.once('close', () => clearTimeout(cut));
    }
  }
}

function isDiskFull(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && ['ENOSPC', 'EDQUOT'].includes(String(thrown.code));
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
 * Starts the server on 127.0.0.1; it is listening when the promise resolves.
 *
 * @throws of Node when the port cannot be had (`EADDRINUSE`, `EACCES`)
 */
export async function startLocalServer(options: LocalServerOptions): Promise<LocalServer> {
  const limits = { ...defaultLimits, ...options.limits };
  const door = new Door(options, limits);
  const handle = (request: IncomingMessage, response: ServerResponse): void =>
    void door.handle(request, response);
  // Uploads may take as long as they move; `timeout` watches over that. Without a limit of its own, the head could, too.
  const limitsOfNode = { requestTimeout: 0, headersTimeout: limits.headMs, keepAliveTimeout: 30_000 };
  const server = createServer({ ...limitsOfNode, maxHeaderSize: 16_384 }, handle)
    .on('checkContinue', handle)
    .setTimeout(limits.stallMs);
  door.port = await listen(server, options.port);
  return {
    url: door.url,
    get openRequests() {
      return door.openRequests;
    },
    get lastRequestMs() {
      return door.lastRequestMs;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
