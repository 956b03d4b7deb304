import assert from 'node:assert/strict';
import type { ChatRequest, Gateway } from '../../../src/assemblyai/gateway';
import { describeFailure } from '../../../src/core/failures/describeFailure';
import type { ScriptedServer } from '../../support/server/scriptedServer';
import { said, streaming, type Said } from './chats';
import { failureOf, neverAborted, Stage, testKey } from './stage';

const chunk = (content: string, reason: string | null = null): string =>
  `data: ${JSON.stringify({ choices: [{ delta: { content }, finish_reason: reason }] })}\n\n`;

describe('Streamed answers of the LLM Gateway', () => {
  let stage: Stage;
  let server: ScriptedServer;
  let gateway: Gateway;

  beforeEach(async () => {
    stage = new Stage();
    server = await stage.startServer();
    gateway = stage.gateway(server.url);
  });
  afterEach(() => stage.close());

  const ask = (request: ChatRequest): Promise<Said> => said(gateway.chat(request, neverAborted));

  const bytes = Buffer.from(`${chunk('Grüß ')}${chunk('Gott 🎉', 'stop')}data: [DONE]\n\n`);

  it('may be cut anywhere, even inside a character', async () => {
    server.answer({ raw: [...bytes].map((byte) => Buffer.of(byte)) });
    assert.deepEqual((await ask(streaming)).pieces, ['Grüß ', 'Gott 🎉']);
  });

  for (const [what, text] of Object.entries({
    'lines that end in CR LF': bytes.toString().replaceAll('\n', '\r\n'),
    'lines that end in CR': bytes.toString().replaceAll('\n', '\r'),
    'no space after the colon': bytes.toString().replaceAll('data: ', 'data:'),
    'comments, names and ids of events': `: keep-alive\n\nid: 1\nretry: 10\nevent: message\n${bytes.toString().replaceAll('\n\n', '\n\n:\n\n')}`,
    'a byte order mark': `\ufeff${bytes.toString()}`,
    'no end after the last event': bytes.toString().replace('data: [DONE]\n\n', '').trimEnd(),
    'an end without [DONE]': bytes.toString().replace('data: [DONE]\n\n', ''),
    'JSON over several lines': bytes.toString().replaceAll('"delta":', '\ndata: "delta":'),
    'an event with empty data': bytes.toString().replace('\n\n', '\n\ndata:\n\n'),
    'pieces that are no JSON object': `data: null\n\ndata: "ping"\n\n${bytes.toString().replace('\n\n', '\n\ndata: ping\n\n')}`,
    'events without a choice': `data: {"choices":[],"usage":null}\n\n${bytes.toString()}`,
  })) {
    it(`may have ${what}`, async () => {
      server.answer({ raw: [text] }, { raw: Array.from(text) });
      assert.deepEqual((await ask(streaming)).pieces, ['Grüß ', 'Gott 🎉']);
      assert.deepEqual((await ask(streaming)).pieces, ['Grüß ', 'Gott 🎉'], 'a character at a time');
    });
  }

  async function brokenOff(request: ChatRequest): Promise<{ text: string; kind: string; message: string }> {
    let text = '';
    const failure = await failureOf(
      (async () => {
        for await (const piece of gateway.chat(request, neverAborted)) {
          text += piece;
        }
      })(),
    );
    return { text, kind: failure.kind, message: failure.message };
  }

  it('that stop without an end have failed', async () => {
    server.answer({ raw: [chunk('They ')] });
    assert.deepEqual(await brokenOff(streaming), {
      text: 'They ',
      kind: 'network',
      message: 'The answer broke off',
    });
  });

  it('that are cut fail, and are not requested again', async () => {
    server.answer({
      raw: (function* () {
        yield chunk('They ');
        throw new Error('The cable is cut');
      })(),
    });
    const { text, kind } = await brokenOff(streaming);
    assert.deepEqual([text, kind], ['They ', 'network']);
    assert.equal(server.requestsOf('chat').length, 1);
  });

  for (const [event, kind, sentence] of [
    ['data: {"error":{"code":429,"message":"Slow down"}}', 'rateLimited', /too many requests.*HTTP 429/],
    [
      'data: {"code":503,"message":"Overloaded","request_id":"r"}',
      'server',
      /is having problems \(HTTP 503\)/,
    ],
    ['event: error\ndata: {"type":"overloaded_error"}', 'server', /is having problems:/],
    ['data: {"error":"Boom","status":"error"}', 'server', /is having problems:/],
    [
      'data: {"error":{"code":400,"message":"model context limit exceeded"}}',
      'modelRefused',
      /context limit/,
    ],
  ] as const) {
    it(`may fail midway: ${event}`, async () => {
      server.answer({ raw: [chunk('They '), `${event}\n\n`, chunk('never came')] });
      const answer = gateway.chat(streaming, neverAborted);
      assert.equal((await answer.next()).value, 'They ');
      const failure = await failureOf(answer.next());
      assert.equal(failure.kind, kind);
      assert.match(describeFailure(failure).sentence, sentence);
      assert.equal(server.requestsOf('chat').length, 1);
    });
  }

  for (const raw of [
    '',
    'data: [DONE]\n\n',
    ': nothing\n\n',
    'data: {"choices":\n\n',
    'data: 7\n\n',
    'Hello\n',
  ]) {
    it(`without an answer make no sense: ${JSON.stringify(raw)}`, async () => {
      server.answer({ raw: [raw] });
      const failure = await failureOf(ask(streaming));
      assert.equal(failure.kind, 'unexpectedAnswer');
      assert.equal(server.requestsOf('chat').length, 1, 'it may have been billed');
    });
  }

  it('that never end an event are not read for ever', async () => {
    server.answer({ raw: endless('data: '.padEnd(1024 * 1024, 'x')) });
    const { kind, message } = await failureOf(ask(streaming));
    assert.deepEqual([kind, message], ['answerTooLarge', 'The answer is too large']);
  });

  it('end at once when they are cancelled, with their connection', async () => {
    server.answer({ raw: endless(chunk('On ')) });
    const cancel = new AbortController();
    const answer = gateway.chat(streaming, cancel.signal);
    await answer.next();
    cancel.abort();
    assert.equal((await failureOf(drained(answer))).kind, 'cancelled');
    await server.requestsOf('chat')[0]?.closed;
  });

  it('end with their connection when they are not read any more', async () => {
    server.answer({ raw: endless(chunk('On ')) });
    for await (const piece of gateway.chat(streaming, neverAborted)) {
      assert.equal(piece, 'On ');
      break;
    }
    await server.requestsOf('chat')[0]?.closed;
  });

  it('that are silent for too long are given up', async () => {
    server.answer({ raw: silence(chunk('On ')) });
    const silent = stage.gateway(server.url, { thinkingMs: 300 });
    const failure = await failureOf(said(silent.chat(streaming, neverAborted)));
    assert.equal(failure.kind, 'timeout');
  });

  it('are redacted, even if the key is cut in two', async () => {
    const echo = chunk(`Your key is ${testKey}, and tes`) + chunk('', 'stop');
    server.answer({ raw: Array.from(echo) }, { raw: [echo] });
    for (let round = 0; round < 2; round++) {
      const { pieces } = await ask(streaming);
      assert.equal(pieces.join(''), 'Your key is [API key], and tes');
    }
  });

  it('are redacted, even if the key is in escapes or comes in two events', async () => {
    const escaped = Array.from(testKey, (char) => `\\u00${char.charCodeAt(0).toString(16)}`).join('');
    server.answer(
      { raw: [chunk('It is KEY.', 'stop').replace('KEY', escaped)] },
      { raw: [chunk(`It is ${testKey.slice(0, 5)}`), chunk(`${testKey.slice(5)}.`, 'stop')] },
    );
    for (let round = 0; round < 2; round++) {
      assert.equal((await ask(streaming)).pieces.join(''), 'It is [API key].');
    }
  });
});

async function drained(answer: AsyncGenerator<string>): Promise<void> {
  for await (const piece of answer) {
    assert.equal(piece, 'On ');
  }
}

async function* endless(text: string): AsyncGenerator<string> {
  for (;;) {
    yield text;
    await new Promise(setImmediate);
  }
}

async function* silence(text: string): AsyncGenerator<string> {
  yield text;
  await new Promise(() => undefined);
}
