import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { readServerSentEvents, type ServerSentEvent } from '../../../src/assemblyai/serverSentEvents';

async function eventsIn(pieces: readonly string[]): Promise<ServerSentEvent[]> {
  const events: ServerSentEvent[] = [];
  for await (const event of readServerSentEvents(Readable.from(pieces))) {
    events.push(event);
  }
  return events;
}

/**
 * The algorithm of the HTML standard, step by step, for a whole stream; unlike the standard, it also
 * dispatches an event that no blank line ends.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
function interpreted(stream: string): ServerSentEvent[] {
  const events: ServerSentEvent[] = [];
  let type = '';
  let data = '';
  for (const line of [...stream.split(/\r\n|\n|\r/), '']) {
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (line === '') {
      if (data !== '') {
        events.push({ type, data: data.slice(0, -1) });
      }
      type = '';
      data = '';
    } else if (field === 'event') {
      type = value;
    } else if (field === 'data') {
      data += `${value}\n`;
    }
  }
  return events;
}

const fields = ['data', 'event', 'id', 'retry', '', 'Data', ' data', 'datas', 'dat', '\ufeffdata'];
const values = [
  '',
  ' ',
  'a',
  ' a',
  '  a',
  '{"a":1}',
  'é',
  '🎉',
  '\0',
  '\u2028',
  ' a: b',
  '7',
  'data:',
  '\ufeff',
];

const line = fc
  .tuple(fc.constantFrom(...fields), fc.constantFrom('', ':'), fc.constantFrom(...values))
  .map((parts) => parts.join(''));
const ending = fc.constantFrom('\n', '\n\n', '\r\n', '\r\n\r\n', '\r', '\r\r', '\n\r', '');
const stream = fc.array(fc.tuple(line, ending)).map((parts) => parts.flat().join(''));

/** The text in pieces of these lengths, and the rest; so a line end or a character may be cut in two. */
function cut(text: string, lengths: readonly number[]): string[] {
  const pieces: string[] = [];
  let start = 0;
  for (const length of [...lengths, text.length]) {
    pieces.push(text.slice(start, start + length));
    start += length;
  }
  return pieces;
}

describe('Server-sent events', () => {
  it('are read as the HTML standard says, in whatever pieces they come', async () => {
    await fc.assert(
      fc.asyncProperty(stream, fc.array(fc.nat({ max: 12 })), async (text, lengths) => {
        assert.deepEqual(await eventsIn(cut(text, lengths)), interpreted(text));
      }),
      { numRuns: 5000 },
    );
  });

  for (const end of ['', '\n', '\r', '\r\n', '\n\n']) {
    it(`count at the end of a stream that ends in ${JSON.stringify(end)}`, async () => {
      assert.deepEqual(await eventsIn([`event: error\ndata: a${end}`]), [{ type: 'error', data: 'a' }]);
    });
  }

  it('are given out as soon as they are complete', async () => {
    let sent = 0;
    async function* pieces(): AsyncGenerator<string> {
      for (const piece of ['data: a\n\nda', 'ta: b\r\n\r\n', 'data: c']) {
        sent++;
        yield await Promise.resolve(piece);
      }
    }
    const sentBefore: number[] = [];
    for await (const { data } of readServerSentEvents(pieces())) {
      sentBefore.push(sent);
      assert.equal(data, 'abc'[sentBefore.length - 1]);
    }
    assert.deepEqual(sentBefore, [1, 2, 3]);
  });

  it('may be millions of characters long', async () => {
    const data = '🎉'.repeat(1_000_000);
    const pieces = [`data: ${data}`, data, '\n\n'].flatMap((text) => text.match(/[^]{1,65535}/g) ?? []);
    assert.deepEqual(await eventsIn(pieces), [{ type: '', data: data + data }]);
  });
});
