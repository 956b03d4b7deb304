import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { ChangeWaiter } from '../changeWaiter';
import type { ServerRoute } from './routes';

/** A request as the server received it, for assertions. Its fields are set as it arrives. */
export interface RecordedRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** undefined for paths that the API does not have. */
  readonly route: ServerRoute | undefined;
  readonly headers: IncomingHttpHeaders;
  /** Bytes of the body that were read. */
  bytes: number;
  /** Hash of the body in lower-case hex, once it has been read to its end. */
  sha256: string | undefined;
  /** Parsed body of a JSON request. */
  json: unknown;
  /** Status of the response; undefined before it, and if the connection was cut. */
  status: number | undefined;
  /** Resolves when the response is sent or the connection is closed. */
  readonly closed: Promise<void>;
}

/** All requests in order of arrival, and a way to wait for one without polling. */
export class RequestLog extends ChangeWaiter {
  readonly all: RecordedRequest[] = [];

  add(request: IncomingMessage, route: ServerRoute | undefined, closed: Promise<void>): RecordedRequest {
    const recorded: RecordedRequest = {
      method: request.method ?? '',
      path: request.url ?? '',
      route,
      headers: request.headers,
      bytes: 0,
      sha256: undefined,
      json: undefined,
      status: undefined,
      closed,
    };
    this.all.push(recorded);
    this.changed();
    void closed.then(() => this.changed());
    return recorded;
  }

  of(route: ServerRoute): RecordedRequest[] {
    return this.all.filter((request) => request.route === route);
  }

  /** The count-th request on a route (from 1), as soon as its headers have arrived. */
  arrived(route: ServerRoute, count: number): Promise<RecordedRequest> {
    return this.when(() => this.of(route)[count - 1]);
  }
}

/** How to read the body of a request. */
export interface ReadOptions {
  /** Stops after this many bytes and leaves the rest unread. */
  readonly readBytes: number;
  /** The largest body; a larger one ends the reading with `tooLarge`. */
  readonly limitBytes: number;
  /** Limits the speed of reading; Infinity for no limit. */
  readonly bytesPerSecond: number;
  readonly keep: boolean;
  readonly onBytes: () => void;
}

/** How the reading of a body ended. `cut`: stopped on purpose or by the client, so that the connection is useless. */
export type ReadResult =
  { readonly end: 'complete'; readonly text: string } | { readonly end: 'cut' | 'tooLarge' };

/** Reads a body as it arrives: counts and hashes it, and keeps it only if asked to. */
export function readBody(
  request: IncomingMessage,
  recorded: RecordedRequest,
  options: ReadOptions,
): Promise<ReadResult> {
  const hash = createHash('sha256');
  const kept: Buffer[] = [];
  return new Promise((resolve) => {
    const stop = (end: 'cut' | 'tooLarge'): void => {
      request.pause();
      request.removeListener('data', onData);
      resolve({ end });
    };
    const onData = (chunk: Buffer): void => {
      recorded.bytes += chunk.length;
      hash.update(chunk);
      options.onBytes();
      if (options.keep) {
        kept.push(chunk);
      }
      if (recorded.bytes > options.limitBytes) {
        stop('tooLarge');
      } else if (recorded.bytes >= options.readBytes) {
        stop('cut');
      } else if (Number.isFinite(options.bytesPerSecond)) {
        request.pause();
        setTimeout(() => request.resume(), (chunk.length * 1000) / options.bytesPerSecond);
      }
    };
    request.once('end', () => {
      recorded.sha256 = hash.digest('hex');
      resolve({ end: 'complete', text: Buffer.concat(kept).toString('utf8') });
    });
    request.once('close', () => resolve({ end: 'cut' }));
    if (options.readBytes === 0) {
      stop('cut');
    } else {
      request.on('data', onData);
    }
  });
}
