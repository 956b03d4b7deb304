import assert from 'node:assert/strict';
import type { AssemblyAiClient } from '../../../src/assemblyai/client';
import { describeFailure } from '../../../src/core/failures/describeFailure';
import type { FailureKind } from '../../../src/core/failures/failure';
import type { ExportRoute, Route } from '../../../src/local/api/routes';
import { faults, type Fault } from '../../support/server/faults';
import type { ScriptedServer } from '../../support/server/scriptedServer';
import { failureOf, neverAborted, Stage, testKey } from './stage';

interface Row {
  readonly what: string;
  readonly fault: Fault;
  readonly kind: FailureKind;
  /** The sentence that the user reads. */
  readonly sentence: RegExp;
  /** How many requests the server gets for a transcript. */
  readonly gets: number;
  /** How many submits the server gets; as many by default. */
  readonly submits?: number;
}

const unknownId = 'Transcript lookup error, transcript id not found';
const balance = 'Your current account balance is negative. Please top up to continue using the API.';

/** Every status that the API, or a proxy on the way to it, is known to send. */
const rows: readonly Row[] = [
  {
    what: '400, a parameter',
    fault: faults.error(400, 'format_text must be a Boolean'),
    kind: 'invalidRequest',
    sentence: /refused the request \(HTTP 400\), saying “format_text must be a Boolean”/,
    gets: 1,
  },
  {
    what: '400, a language',
    fault: faults.error(400, 'The following models are not available in this language: speaker_labels'),
    kind: 'invalidRequest',
    sentence: /not available in this language/,
    gets: 1,
  },
  {
    what: '400, the balance',
    fault: faults.error(400, balance),
    kind: 'billing',
    sentence: /top it up/,
    gets: 1,
  },
  {
    what: '400, an unknown id',
    fault: faults.error(400, unknownId),
    kind: 'notFound',
    sentence: /may have expired|address/,
    gets: 1,
  },
  {
    what: '400, too early',
    fault: faults.error(
      400,
      "This transcript has a status of 'processing'. Transcripts must have a status of 'completed' before requesting captions.",
    ),
    kind: 'transcriptNotReady',
    sentence: /has not finished (transcript id-1|the transcript) yet/,
    gets: 1,
  },
  {
    what: '401',
    fault: faults.error(401, 'Authentication error, API token missing/invalid'),
    kind: 'keyRejected',
    sentence: /^127\.0\.0\.1:\d+ does not accept the API key/,
    gets: 1,
  },
  {
    what: '402',
    fault: faults.error(402, 'Payment Required'),
    kind: 'billing',
    sentence: /top it up/,
    gets: 1,
  },
  {
    what: '403, the upload',
    fault: faults.error(403, 'Cannot access uploaded file'),
    kind: 'uploadForbidden',
    sentence: /new upload/,
    gets: 1,
  },
  {
    what: '403, the rate',
    fault: faults.forbiddenByRate(),
    kind: 'rateLimited',
    sentence: /refuses requests for now \(HTTP 403\)/,
    gets: 3,
  },
  {
    what: '403, a web page',
    fault: faults.proxyPage(),
    kind: 'blocked',
    sentence: /proxy or firewall blocks access to 127\.0\.0\.1:\d+ \(HTTP 403\)/,
    gets: 1,
  },
  {
    what: '404',
    fault: faults.error(404, 'Not found'),
    kind: 'notFound',
    sentence: /transcript id-1|address/,
    gets: 1,
  },
  {
    what: '404, a deleted transcript',
    fault: faults.error(404, 'transcript deleted'),
    kind: 'transcriptDeleted',
    sentence: /no longer has (transcript id-1|the transcript)/,
    gets: 1,
  },
  { what: '405', fault: faults.error(405, 'No'), kind: 'invalidRequest', sentence: /HTTP 405/, gets: 1 },
  {
    what: '407',
    fault: faults.proxyPage(407),
    kind: 'proxyAuthentication',
    sentence: /proxy asks for another user name or password/,
    gets: 1,
  },
  {
    what: '408',
    fault: faults.error(408, ''),
    kind: 'timeout',
    sentence: /in time \(HTTP 408\)/,
    gets: 5,
    submits: 3,
  },
  {
    what: '413',
    fault: faults.error(413, 'Payload Too Large'),
    kind: 'tooLarge',
    sentence: /too large \(HTTP 413\): 127\.0\.0\.1:\d+ does not accept files of that size/,
    gets: 1,
  },
  { what: '413, a web page', fault: faults.proxyPage(413), kind: 'tooLarge', sentence: /too large/, gets: 1 },
  { what: '415', fault: faults.error(415, 'No'), kind: 'invalidRequest', sentence: /HTTP 415/, gets: 1 },
  { what: '422', fault: faults.error(422, 'No'), kind: 'invalidRequest', sentence: /HTTP 422/, gets: 1 },
  {
    what: '425',
    fault: faults.error(425, 'Too Early'),
    kind: 'server',
    sentence: /HTTP 425/,
    gets: 5,
    submits: 3,
  },
  {
    what: '429',
    fault: faults.rateLimited(),
    kind: 'rateLimited',
    sentence: /too many requests from your account \(HTTP 429\)/,
    gets: 5,
  },
  { what: '500', fault: faults.serverError(), kind: 'server', sentence: /HTTP 500/, gets: 5, submits: 3 },
  {
    what: '502, a web page',
    fault: faults.badGateway(),
    kind: 'server',
    sentence: /HTTP 502/,
    gets: 5,
    submits: 3,
  },
  {
    what: '503, empty',
    fault: faults.overloaded(),
    kind: 'server',
    sentence: /HTTP 503/,
    gets: 5,
    submits: 3,
  },
  { what: '504', fault: faults.answer(504, ''), kind: 'server', sentence: /HTTP 504/, gets: 5, submits: 3 },
  { what: '511', fault: faults.proxyPage(511), kind: 'blocked', sentence: /firewall/, gets: 1 },
  {
    what: 'a broken connection',
    fault: faults.dropBeforeEffect(),
    kind: 'network',
    sentence: /connection to 127\.0\.0\.1:\d+ failed \((UND_ERR_SOCKET|ECONNRESET)\)/,
    gets: 5,
    submits: 3,
  },
  {
    what: '200 with half of the JSON',
    fault: faults.garbled(false),
    kind: 'unexpectedAnswer',
    sentence: /answer from 127\.0\.0\.1:\d+ makes no sense/,
    gets: 3,
  },
  {
    what: '200 with a login page',
    fault: faults.captivePortal(),
    kind: 'unexpectedAnswer',
    sentence: /login page/,
    gets: 3,
  },
  {
    what: '200 with other JSON',
    fault: faults.answer(200, '{"hello":"world"}'),
    kind: 'unexpectedAnswer',
    sentence: /makes no sense/,
    gets: 3,
  },
  {
    what: 'no HTTP at all',
    fault: faults.answer(200, 'x', { 'content-length': '-1' }),
    kind: 'unexpectedAnswer',
    sentence: /makes no sense \(HPE_/,
    gets: 3,
  },
];

const request = { audio_url: 'https://example.test/talk.mp3', speech_models: ['universal-2'] };

/** The routes that Steno calls. */
type CalledRoute = Exclude<Route, ExportRoute>;

describe('Responses of the service', () => {
  let stage: Stage;
  let server: ScriptedServer;
  let client: AssemblyAiClient;

  beforeEach(async () => {
    stage = new Stage();
    server = await stage.startServer();
    client = stage.client(server.url);
  });
  afterEach(() => stage.close());

  for (const row of rows) {
    it(`${row.what}: ${row.kind}`, async () => {
      for (const route of ['get', 'submit', 'list', 'delete'] as const) {
        server.fault(route, row.fault, Infinity);
      }
      const got = await failureOf(client.get('id-1', neverAborted));
      assert.equal(got.kind, row.kind);
      assert.match(describeFailure(got).sentence, row.sentence);
      assert.equal(server.requestsOf('get').length, row.gets, 'GETs');

      const deleted = await failureOf(client.delete('id-1', neverAborted));
      assert.equal(deleted.kind, row.kind);
      assert.equal(server.requestsOf('delete').length, row.gets, 'DELETEs');

      // If the outcome of a submit is not known, the list tells. Here it has no such job.
      server.clearFaults();
      server.fault('submit', row.fault, Infinity);
      const submitted = await failureOf(client.submit(request, neverAborted));
      assert.equal(submitted.kind, row.kind);
      assert.match(describeFailure(submitted).sentence, row.sentence);
      assert.equal(server.requestsOf('submit').length, row.submits ?? row.gets, 'submits');
      assert.equal(server.jobs.length, 0);

      const everything = JSON.stringify([got, submitted]) + got.message + stage.log.text;
      assert.doesNotMatch(everything, /<[a-z]/i, 'markup');
      assert.doesNotMatch(everything, new RegExp(testKey), 'the key');
    });
  }

  it('are requested again after delays until they succeed', async () => {
    const job = await client.submit(request, neverAborted);
    server.fault('get', faults.serverError());
    server.fault('get', faults.badGateway());
    server.fault('get', faults.dropBeforeEffect());
    server.fault('get', faults.garbled());
    const body = await client.get(job.id, neverAborted);
    assert.equal(body.id, job.id);
    // Half of 1, 2·2, 4 and 8 seconds.
    assert.deepEqual(stage.clock.slept, [500, 2000, 2000, 4000]);
  });

  it('may say how long to wait, in seconds or as a date', async () => {
    const job = await client.submit(request, neverAborted);
    server.fault('get', faults.rateLimited(7));
    server.fault('get', faults.rateLimited(new Date(stage.clock.now() + 27_000).toUTCString()));
    server.fault('get', faults.rateLimited(3600));
    await client.get(job.id, neverAborted);
    assert.deepEqual(stage.clock.slept, [7000, 20_000, 120_000]);
  });

  it('that are errors have their transcript, status and text', async () => {
    server.fault('get', faults.error(400, 'format_text must be a Boolean'));
    const failure = await failureOf(client.get('id-1', neverAborted));
    assert.equal(failure.transcriptId, 'id-1');
    assert.equal(failure.status, 400);
    assert.equal(failure.message, 'format_text must be a Boolean');
    assert.match(failure.body ?? '', /format_text/);
  });

  it('lead to no other host: redirects are refused, and the other host never gets the key', async () => {
    const elsewhere = await stage.startServer();
    const routes: readonly CalledRoute[] = ['get', 'submit', 'upload', 'list', 'delete'];
    const recording = await stage.recording(1000);
    const calls: Readonly<Record<CalledRoute, () => Promise<unknown>>> = {
      get: () => client.get('id-1', neverAborted),
      submit: () => client.submit(request, neverAborted),
      upload: () => client.upload(recording, { signal: neverAborted }),
      list: () => client.list({}, neverAborted),
      delete: () => client.delete('id-1', neverAborted),
    };
    for (const route of routes) {
      for (const status of [301, 302, 303, 307, 308]) {
        server.fault(route, faults.redirect(`${elsewhere.url}/v2/transcript`, status));
        const failure = await failureOf(calls[route]());
        assert.equal(failure.kind, 'redirected', `${route} ${status}`);
        assert.match(describeFailure(failure).sentence, /redirects to another address/);
      }
    }
    assert.equal(elsewhere.requests.length, 0);
  });

  it('that repeat the key are redacted', async () => {
    for (const fault of [
      faults.error(400, `Bad token ${testKey}`),
      faults.answer(401, `authorization: ${testKey}`, { 'content-type': 'text/plain' }),
      faults.answer(500, `<html>${testKey}`, { 'content-type': 'text/html' }),
      faults.answer(200, `{"key":"${testKey}"}`),
      faults.answer(200, testKey, { 'content-length': '-1', 'x-echo': testKey }),
    ]) {
      server.fault('get', fault, 5);
      const failure = await failureOf(client.get('id-1', neverAborted));
      const { message, body, cause, stack } = failure;
      const cover = `${message} ${body ?? ''} ${String(cause)} ${stack ?? ''} ${JSON.stringify(failure)}`;
      assert.doesNotMatch(cover + describeFailure(failure).sentence + stage.log.text, new RegExp(testKey));
      server.clearFaults();
    }
  });

  it('that repeat the key in escapes are redacted, too', async () => {
    const escaped = Array.from(testKey, (char) => `\\u00${char.charCodeAt(0).toString(16)}`).join('');
    const json = `{"id":"id-1","status":"completed","text":"${escaped}","${escaped}":[{"x":"a ${escaped}"}]}`;
    server.fault('get', faults.answer(200, json));
    assert.deepEqual(await client.get('id-1', neverAborted), {
      id: 'id-1',
      status: 'completed',
      text: '[API key]',
      '[API key]': [{ x: 'a [API key]' }],
    });
  });

  it('are not redacted if the key is a common word', async () => {
    const body = { id: 'id-1', status: 'completed', text: 'A text with 1 id.' };
    for (const apiKey of ['text', 'id', '1']) {
      server.fault('get', faults.answer(200, JSON.stringify(body)));
      assert.deepEqual(await stage.client(server.url, { apiKey }).get('id-1', neverAborted), body);
    }
  });

  it('that break off are not logged, since they may have what people said', async () => {
    server.fault('get', faults.answer(200, '{"id":"id-1","status":"completed","text":"Our secret plan'), 3);
    const { kind, message, body } = await failureOf(client.get('id-1', neverAborted));
    assert.equal(kind, 'unexpectedAnswer');
    assert.doesNotMatch(`${message} ${body}`, /secret/);
    server.fault('get', faults.answer(200, '<h1>Sign in</h1>'), 3);
    assert.equal((await failureOf(client.get('id-1', neverAborted))).body, 'Sign in');
  });

  it('with an id that is a path are refused', async () => {
    for (const id of ['../upload', 'a/b', '']) {
      server.fault('get', faults.answer(200, JSON.stringify({ id, status: 'queued' })), 3);
      assert.equal((await failureOf(client.get('id-1', neverAborted))).kind, 'unexpectedAnswer');
    }
  });

  it('that nest deeper than any transcript, or are of more parts, are not parsed', async () => {
    for (const words of ['['.repeat(100_000), `[${'{},'.repeat(2_000_001)}{}]`]) {
      server.fault('get', faults.answer(200, `{"id":"id-1","status":"completed","words":${words}}`));
      assert.equal((await failureOf(client.get('id-1', neverAborted))).kind, 'answerTooLarge');
    }
  });

  it('that are larger than any transcript are not read', async () => {
    const endless = `{"id":"${'x'.repeat(65 * 1024 * 1024)}"}`;
    server.fault('get', faults.answer(200, endless), Infinity);
    const failure = await failureOf(client.get('id-1', neverAborted));
    assert.equal(failure.kind, 'answerTooLarge');
    assert.match(failure.message, /too large/);
  });
});
