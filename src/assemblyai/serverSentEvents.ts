/** An event of a stream of server-sent events. */
export interface ServerSentEvent {
  /** '' where the server does not say. */
  readonly type: string;
  readonly data: string;
}

/** The lines of a text that comes in pieces, whichever way they end; the last one with or without an end. */
async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string, void, void> {
  let begun = '';
  let endsWithReturn = false;
  for await (const piece of pieces) {
    // A line's end can be cut in two as well.
    const text = endsWithReturn && piece.startsWith('\n') ? piece.slice(1) : piece;
    endsWithReturn = piece === '' ? endsWithReturn : piece.endsWith('\r');
    const lines = text.split(/\r\n|\n|\r/);
    const last = lines.pop() ?? '';
    for (const line of lines) {
      yield begun + line;
      begun = '';
    }
    begun += last;
  }
  if (begun !== '') {
    yield begun;
  }
}

/** An event as its lines come. */
class BegunEvent {
  private type = '';
  private data: string[] = [];

  add(line: string): void {
    const [, field = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (field === 'data') {
      this.data.push(value);
    } else if (field === 'event') {
      this.type = value;
    }
  }

  /** The event, if there is one, and the beginning of the next. */
  end(): ServerSentEvent[] {
    const events = this.data.length === 0 ? [] : [{ type: this.type, data: this.data.join('\n') }];
    this.type = '';
    this.data = [];
    return events;
  }
}

/**
 * Reads a stream as the HTML standard says, but for one thing: an event at the end counts even where no empty line
 * follows it. Comments, which keep connections alive, and fields that are of no use here are passed over.
 */
export async function* readServerSentEvents(
  pieces: AsyncIterable<string>,
): AsyncGenerator<ServerSentEvent, void, void> {
  const begun = new BegunEvent();
  for await (const line of linesOf(pieces)) {
    if (line === '') {
      yield* begun.end();
    } else {
      begun.add(line);
    }
  }
  yield* begun.end();
}
