import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { ChangeWaiter } from '../changeWaiter';
import type { ServerRoute } from './routes';

/** A request as the server saw it, for assertions; filled in as it arrives. */
export interface RecordedRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** Undefined for paths that the API does not have. */
  readonly route: ServerRoute | undefined;
  readonly headers: IncomingHttpHeaders;
  /** Bytes of the body that were read. */
  bytes: number;
  /** Of the body, lower-case hex, once it was read to its end. */
  sha256: string | undefined;
  /** Parsed body of a JSON request. */
  json: unknown;
  /** Status that was answered; undefined while open, and when the connection was cut. */
  status: number | undefined;
  /** Resolves when the answer is out or the connection is gone. */
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

  /** The count-th request on that route (from 1), as soon as its headers are here. */
  arrived(route: ServerRoute, count: number): Promise<RecordedRequest> {
    return this.when(() => this.of(route)[count - 1]);
  }
}

export interface ReadOptions {
  /** Stops after that many bytes and leaves the rest unread. */
  readonly readBytes: number;
  /** Ends the reading with `tooLarge`. */
  readonly limitBytes: number;
  /** Slows the reading down; Infinity for full speed. */
  readonly bytesPerSecond: number;
  readonly keep: boolean;
  readonly onBytes: () => void;
}

/** `cut`: stopped on purpose or by the client; the connection is of no further use. */
export type ReadResult =
  { readonly end: 'complete'; readonly text: string } | { readonly end: 'cut' | 'tooLarge' };

/** Reads a body as it comes: counts, hashes, and keeps it only where asked to. */
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
