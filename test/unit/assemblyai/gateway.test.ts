import assert from 'node:assert/strict';
import { parseBaseUrl, regionBaseUrls } from '../../../src/assemblyai/baseUrl';
import { gatewayBaseUrl, type ChatRequest, type Gateway } from '../../../src/assemblyai/gateway';
import { describeFailure } from '../../../src/core/failures/describeFailure';
import type { FailureKind } from '../../../src/core/failures/failure';
import { faults, type Fault } from '../../support/server/faults';
import type { ScriptedServer } from '../../support/server/scriptedServer';
import { said, streaming, whole, type Said } from './chats';
import { failureOf, neverAborted, Stage, testKey } from './stage';

describe('The LLM Gateway', () => {
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

  describe('is found', () => {
    const gatewayUrl = (service: string): string => {
      const { origin, path } = gatewayBaseUrl(parseBaseUrl(service));
      return origin + path;
    };

    it('beside AssemblyAI’s API, in the same region', () => {
      assert.equal(gatewayUrl(regionBaseUrls.us), 'https://llm-gateway.assemblyai.com/v1');
      assert.equal(gatewayUrl(regionBaseUrls.eu), 'https://llm-gateway.eu.assemblyai.com/v1');
      assert.equal(gatewayBaseUrl(parseBaseUrl(regionBaseUrls.eu)).host, 'llm-gateway.eu.assemblyai.com');
    });

    it('below the address of any other server', () => {
      assert.equal(gatewayUrl('http://127.0.0.1:8700/'), 'http://127.0.0.1:8700/v1');
      assert.equal(gatewayUrl('https://api.example.com/aai/'), 'https://api.example.com/aai/v1');
      assert.equal(
        gatewayUrl('https://api.assemblyai.com.example.com'),
        'https://api.assemblyai.com.example.com/v1',
      );
    });
  });

  describe('lists models', () => {
    it('with the facts about each', async () => {
      assert.deepEqual(await gateway.models(neverAborted), [
        {
          id: 'gpt-5.2',
          name: 'GPT-5.2',
          description: 'A model that streams.',
          contextLength: 400_000,
          streams: true,
        },
        {
          id: 'claude-haiku-4-5-20251001',
          name: 'Claude Haiku 4.5',
          description: 'A model that answers in one piece.',
          contextLength: 200_000,
          streams: false,
        },
        { id: 'qwen3-32B', name: 'qwen3-32B', description: '', contextLength: null, streams: false },
      ]);
      assert.equal(server.requestsOf('models')[0]?.headers.authorization, testKey);
    });

    it('as any list of objects with ids, and ignores the rest', async () => {
      const list = JSON.stringify([
        { id: 7 },
        null,
        'x',
        { id: 'o3' },
        { id: 'a', supported_parameters: ['stream'] },
      ]);
      server.fault('models', faults.answer(200, list));
      const models = await gateway.models(neverAborted);
      assert.deepEqual(
        models.map(({ id, streams }) => [id, streams]),
        [
          ['o3', true],
          ['a', true],
        ],
      );
    });

    it('again after a failure of the connection or the gateway', async () => {
      server.fault('models', faults.serverError());
      server.fault('models', faults.dropBeforeEffect());
      assert.equal((await gateway.models(neverAborted)).length, 3);
      assert.equal(server.requestsOf('models').length, 3);
    });

    for (const answer of ['{"data":"none"}', '"none"', 'null', '<html>Welcome']) {
      it(`unless it is no list: ${answer}`, async () => {
        server.fault('models', faults.answer(200, answer), Infinity);
        assert.equal((await failureOf(gateway.models(neverAborted))).kind, 'unexpectedAnswer');
      });
    }
  });

  describe('answers', () => {
    it('in pieces, where the model streams', async () => {
      server.answer('They agreed on Friday. Ünïcode 🎉');
      const { pieces, summary } = await ask(streaming);
      assert.deepEqual(pieces, ['They ', 'agreed ', 'on ', 'Friday. ', 'Ünïcode ', '🎉']);
      assert.equal(summary.finishReason, 'stop');
      assert.equal(summary.isCut, false);
      const [request] = server.requestsOf('chat');
      assert.deepEqual(request?.json, {
        model: 'gpt-5.2',
        messages: streaming.messages,
        max_tokens: 500,
        stream: true,
      });
      assert.equal(request.headers.authorization, testKey);
    });

    it('in one piece, where it does not', async () => {
      server.answer('On Friday.');
      const { pieces, summary } = await ask(whole);
      assert.deepEqual(pieces, ['On Friday.']);
      assert.equal(summary.finishReason, 'end_turn');
      assert.equal('stream' in (server.requestsOf('chat')[0]?.json as object), false);
    });

    it('in one piece, although it was asked to stream', async () => {
      server.answer('On Friday.');
      assert.deepEqual((await ask({ ...whole, streams: true })).pieces, ['On Friday.']);
    });

    it('without a stream, if the model refuses to stream', async () => {
      server.fault('chat', faults.gatewayError(400, 'Streaming is not supported for model gpt-5.2'));
      server.answer('On Friday.');
      assert.deepEqual((await ask(streaming)).pieces, ['On Friday.']);
      const streams = server.requestsOf('chat').map(({ json }) => (json as { stream?: boolean }).stream);
      assert.deepEqual(streams, [true, undefined]);
    });

    for (const [finishReason, isCut] of [
      ['length', true],
      ['max_tokens', true],
      ['MAX_TOKENS', true],
      ['stop', false],
    ] as const) {
      it(`and says whether it was cut: ${finishReason}`, async () => {
        server.answer({ text: 'On', finishReason }, { text: '', finishReason });
        assert.deepEqual((await ask(streaming)).summary.isCut, isCut);
        const { pieces, summary } = await ask(whole);
        assert.deepEqual([pieces, summary.isCut], [[], isCut]);
      });
    }

    for (const finishReason of ['content_filter', 'refusal', 'SAFETY']) {
      it(`and says whether it was refused: ${finishReason}`, async () => {
        server.answer({ text: '', finishReason }, { text: 'On', finishReason });
        const nothing = await ask(streaming);
        assert.deepEqual([nothing.pieces, nothing.summary.isRefused], [[], true]);
        const part = await ask(whole);
        assert.deepEqual([part.pieces, part.summary.isRefused, part.summary.isCut], [['On'], true, false]);
      });
    }

    it('and keeps the words of a refusal', async () => {
      const message = { content: null, refusal: 'I cannot help with that.' };
      const answer = { choices: [{ message, finish_reason: 'stop' }] };
      server.fault('chat', faults.answer(200, JSON.stringify(answer)));
      const { pieces, summary } = await ask(whole);
      assert.deepEqual([pieces, summary.isRefused], [['I cannot help with that.'], true]);
    });

    it('while it is still arriving', async () => {
      let goOn: () => void = () => assert.fail('not begun');
      const told = new Promise<void>((resolve) => (goOn = resolve));
      server.answer(
        (async function* () {
          yield 'They ';
          await told;
          yield 'agreed.';
        })(),
      );
      const answer = gateway.chat(streaming, neverAborted);
      assert.equal((await answer.next()).value, 'They ');
      goOn();
      assert.equal((await answer.next()).value, 'agreed.');
      assert.equal((await answer.next()).done, true);
    });

    it('in parts of content', async () => {
      const content = [{ type: 'text', text: 'On ' }, { type: 'image' }, { type: 'text', text: 'Friday.' }];
      const answer = { choices: [{ message: { content }, finish_reason: 'stop' }] };
      server.fault('chat', faults.answer(200, JSON.stringify(answer)));
      const { pieces } = await ask(whole);
      assert.deepEqual(pieces, ['On Friday.']);
    });
  });

  describe('refuses', () => {
    interface Row {
      readonly fault: Fault;
      readonly kind: FailureKind;
      readonly sentence: RegExp;
      /** How many questions the server gets. */
      readonly asked?: number;
    }
    const rows: Readonly<Record<string, Row>> = {
      'an account that does not pay': {
        fault: faults.noGatewayAccess(),
        kind: 'paidAccountNeeded',
        sentence: /paid accounts only/,
      },
      'the same, with 401': {
        fault: faults.noGatewayAccess(401, 'The LLM Gateway is not available on free accounts'),
        kind: 'paidAccountNeeded',
        sentence: /paid accounts only/,
      },
      'the same, in its own shape': {
        fault: faults.gatewayError(403, 'Forbidden', ['Upgrade to a paid account to use this model']),
        kind: 'paidAccountNeeded',
        sentence: /paid accounts only/,
      },
      'a key': {
        fault: faults.noGatewayAccess(401, 'Authentication error, API token missing/invalid'),
        kind: 'keyRejected',
        sentence: /does not accept the API key/,
      },
      'for no reason that it tells': {
        fault: faults.forbiddenByRate(),
        kind: 'rateLimited',
        sentence: /HTTP 403/,
        asked: 3,
      },
      'a model': {
        fault: faults.gatewayError(400, 'model gpt-9 is not supported'),
        kind: 'modelRefused',
        sentence: /saying “model gpt-9 is not supported”: choose another model/,
      },
      'a model, in the older shape': {
        fault: faults.nestedGatewayError(400, 'model context limit exceeded'),
        kind: 'modelRefused',
        sentence: /“model context limit exceeded”: choose another model, or ask about less/,
      },
      'a model that it does not find': {
        fault: faults.gatewayError(404, 'Model not found'),
        kind: 'modelRefused',
        sentence: /choose another model/,
      },
      'a request, with its reasons': {
        fault: faults.gatewayError(400, 'Invalid request', ['max_tokens must be at least 1']),
        kind: 'invalidRequest',
        sentence: /saying “Invalid request; max_tokens must be at least 1”/,
      },
      'to exist': {
        fault: faults.error(404, 'Not found'),
        kind: 'gatewayMissing',
        sentence: /has no language models where Steno looks for them \(HTTP 404\)/,
      },
      'a balance': {
        fault: faults.error(400, 'Your current account balance is negative. Please top up to continue.'),
        kind: 'billing',
        sentence: /top it up/,
      },
      'because of a proxy': { fault: faults.proxyPage(), kind: 'blocked', sentence: /firewall/ },
      'with a login page': {
        fault: faults.captivePortal(),
        kind: 'unexpectedAnswer',
        sentence: /login page/,
      },
      'because it has trouble': { fault: faults.serverError(), kind: 'server', sentence: /few minutes/ },
      'with half an answer': { fault: faults.garbled(), kind: 'unexpectedAnswer', sentence: /no sense/ },
      'without a word': { fault: faults.dropBeforeEffect(), kind: 'network', sentence: /connection/ },
      'too many': {
        fault: faults.rateLimited(),
        kind: 'rateLimited',
        sentence: /too many requests/,
        asked: 5,
      },
    };

    for (const [what, { fault, kind, sentence, asked = 1 }] of Object.entries(rows)) {
      it(`${what}: ${kind}`, async () => {
        server.fault('chat', fault, Infinity);
        for (const request of [streaming, whole]) {
          const before = server.requestsOf('chat').length;
          const failure = await failureOf(ask(request));
          assert.equal(failure.kind, kind);
          assert.match(describeFailure(failure).sentence, sentence);
          assert.equal(server.requestsOf('chat').length - before, asked, 'questions');
          assert.doesNotMatch(failure.message + stage.log.text, new RegExp(testKey));
        }
      });
    }

    it('a request, with an error in a successful response', async () => {
      const answer = JSON.stringify({ error: { code: 402, message: 'Pay first' } });
      server.fault('chat', faults.answer(200, answer));
      assert.equal((await failureOf(ask(whole))).kind, 'billing');
      server.fault('understanding', faults.answer(200, JSON.stringify({ error: 'Boom', status: 'error' })));
      assert.equal((await failureOf(gateway.understand('id-1', {}, neverAborted))).kind, 'server');
    });

    it('too many, and is asked again after a minute', async () => {
      server.fault('chat', faults.gatewayRateLimited(42));
      server.answer('On Friday.');
      assert.deepEqual((await ask(whole)).pieces, ['On Friday.']);
      assert.deepEqual(stage.clock.slept, [42_000]);
    });

    it('too many, with a wait that makes no sense', async () => {
      server.fault('chat', faults.gatewayRateLimited(1_790_000_000), Infinity);
      assert.equal((await failureOf(ask(whole))).retryAfterMs, undefined);
    });

    it('connections, and is asked again, since it got no question', async () => {
      await server.stop();
      assert.equal((await failureOf(ask(streaming))).code, 'ECONNREFUSED');
      assert.equal(stage.clock.slept.length, 4);
    });

    it('with a redirect, which is not followed', async () => {
      const elsewhere = await stage.startServer();
      server.fault('chat', faults.redirect(`${elsewhere.url}/v1/chat/completions`, 307));
      assert.equal((await failureOf(ask(streaming))).kind, 'redirected');
      assert.equal(elsewhere.requests.length, 0);
    });
  });

  describe('understands a finished transcript', () => {
    async function transcribed(): Promise<string> {
      const client = stage.client(server.url);
      const { id } = await client.submit(
        { audio_url: 'https://example.test/a.mp3', speech_models: ['universal-2'], speaker_labels: true },
        neverAborted,
      );
      server.complete(id);
      return id;
    }

    it('and answers with what it found and changed', async () => {
      const id = await transcribed();
      const request = {
        speaker_identification: { speaker_type: 'name', known_values: ['Ada', 'Bob', 'Cy'] },
        translation: { target_languages: ['de'] },
      };
      const answer = await gateway.understand(id, request, neverAborted);
      const { response } = answer['speech_understanding'] as { response: Record<string, unknown> };
      assert.deepEqual(response['speaker_identification'], {
        status: 'success',
        mapping: { A: 'Ada', B: 'Bob', C: 'Cy' },
      });
      assert.equal((answer['utterances'] as { speaker: string }[])[0]?.speaker, 'Ada');
      assert.match((answer['translated_texts'] as { de: string }).de, /^\[de\] Good morning/);
      assert.deepEqual(server.requestsOf('understanding')[0]?.json, {
        transcript_id: id,
        speech_understanding: { request },
      });
    });

    it('again if it was refused, but not if a billed answer may be lost', async () => {
      const id = await transcribed();
      const understand = (): Promise<unknown> => gateway.understand(id, { action_items: {} }, neverAborted);
      server.fault('understanding', faults.rateLimited());
      await understand();
      assert.equal(server.requestsOf('understanding').length, 2);
      for (const fault of [faults.badGateway(), faults.answer(200, '[]')]) {
        server.fault('understanding', fault);
        await failureOf(understand());
      }
      assert.equal(server.requestsOf('understanding').length, 4);
    });

    it('unless it is gone, deleted, or no transcript', async () => {
      const id = await transcribed();
      const unknown = await failureOf(gateway.understand('id-1', { action_items: {} }, neverAborted));
      assert.equal(unknown.kind, 'notFound');
      assert.match(describeFailure(unknown).sentence, /no transcript id-1/);
      await stage.client(server.url).delete(id, neverAborted);
      const deleted = await failureOf(gateway.understand(id, { action_items: {} }, neverAborted));
      assert.equal(deleted.kind, 'transcriptDeleted');
      assert.equal(deleted.transcriptId, id);
      const wrong = await failureOf(gateway.understand('../models', {}, neverAborted));
      assert.equal(wrong.kind, 'invalidRequest');
      server.fault('understanding', faults.answer(200, '[]'));
      const odd = await failureOf(gateway.understand(id, {}, neverAborted));
      assert.equal(odd.kind, 'unexpectedAnswer');
    });
  });
});
