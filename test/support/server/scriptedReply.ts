import type { ServerResponse } from 'node:http';
import type { Reply } from '../../../src/local/api/replies';

/** Items in order, at once or as they arrive. */
export type Pieces<T> = Iterable<T> | AsyncIterable<T>;

/** A response that is written piece by piece, as the pieces arrive. */
interface StreamedReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly pieces: Pieces<string | Uint8Array>;
}

export type ScriptedReply = Reply | StreamedReply;

/** Writes a response. If its pieces end in an error, the connection is cut. */
export async function writeReply(response: ServerResponse, reply: ScriptedReply): Promise<void> {
  response.writeHead(reply.status, reply.headers ?? {});
  if ('body' in reply) {
    response.end(reply.body);
    return;
  }
  try {
    for await (const piece of reply.pieces) {
      if (response.destroyed) {
        return;
      }
      response.write(piece);
      // So that each piece is sent separately.
      await new Promise(setImmediate);
    }
    response.end();
  } catch {
    response.destroy();
  }
}

/** Sends the first half of a response and cuts the connection. */
export function half(reply: ScriptedReply): ScriptedReply {
  return 'body' in reply
    ? { ...reply, body: reply.body.slice(0, Math.ceil(reply.body.length / 2)) }
    : { ...reply, pieces: halfOfFirst(reply.pieces, 'content-length' in reply.headers) };
}

async function* halfOfFirst(
  pieces: Pieces<string | Uint8Array>,
  isLengthTold: boolean,
): AsyncGenerator<string | Uint8Array> {
  for await (const piece of pieces) {
    yield piece.slice(0, Math.ceil(piece.length / 2));
    if (isLengthTold) {
      throw new Error('The rest would be waited for');
    }
    return;
  }
}
