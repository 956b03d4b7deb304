import { createParser } from 'eventsource-parser';

/** An event of a stream of server-sent events. */
export interface ServerSentEvent {
  /** '' where the server does not say. */
  readonly type: string;
  readonly data: string;
}

/**
 * Reads a stream of server-sent events as the HTML standard says
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream), with one exception: an
 * event at the end of the stream counts even if no blank line follows it. Ids, retry times and comments are skipped.
 *
 * @param pieces the text of the stream without a byte order mark, cut anywhere; the caller limits its length
 */
export async function* readServerSentEvents(
  pieces: AsyncIterable<string>,
): AsyncGenerator<ServerSentEvent, void, void> {
  const events: ServerSentEvent[] = [];
  const parser = createParser({ onEvent: ({ event = '', data }) => events.push({ type: event, data }) });
  // The parser reads a line from its beginning each time that it is fed, so it gets whole lines.
  let waiting: string[] = [];
  for await (const piece of pieces) {
    waiting.push(piece);
    if (/[\r\n]/.test(piece)) {
      parser.feed(waiting.join(''));
      waiting = [];
      yield* events.splice(0);
    }
  }
  // The end of a line that has begun, and the blank line that ends an event.
  parser.feed(`${waiting.join('')}\n\n`);
  yield* events;
}
