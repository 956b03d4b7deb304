import assert from 'node:assert/strict';
import type { AssemblyAiClient } from '../../../src/assemblyai/client';
import { describeFailure } from '../../../src/core/failures/describeFailure';
import { requestFor } from '../../../src/core/request/request';
import { faults } from '../../support/server/faults';
import type { ScriptedServer } from '../../support/server/scriptedServer';
import { failureOf, neverAborted, Stage, testKey } from './stage';

describe('Requests to the service', () => {
  let stage: Stage;
  let server: ScriptedServer;
  let client: AssemblyAiClient;

  beforeEach(async () => {
    stage = new Stage();
    server = await stage.startServer();
    client = stage.client(server.url);
  });
  afterEach(() => stage.close());

  it('have the plain key, and no unneeded headers', async () => {
    const recording = await stage.recording(100_000);
    const { url } = await client.upload(recording, { signal: neverAborted });
    const { id } = await client.submit(requestFor(url), neverAborted);
    await client.get(id, neverAborted);
    await client.get(id, neverAborted);
    await client.list({ limit: 3 }, neverAborted);
    await client.delete(id, neverAborted);
    await client.checkKey(neverAborted);

    assert.deepEqual(
      server.requests.map(({ method, path }) => `${method} ${path}`),
      [
        'POST /v2/upload',
        'POST /v2/transcript',
        `GET /v2/transcript/${id}`,
        `GET /v2/transcript/${id}`,
        'GET /v2/transcript?limit=3',
        `DELETE /v2/transcript/${id}`,
        'GET /v2/transcript?limit=1',
      ],
    );
    for (const { headers, method } of server.requests) {
      assert.equal(headers.authorization, testKey);
      assert.equal(headers['user-agent'], 'Steno/test');
      assert.equal(headers['content-type'] === undefined, method !== 'POST');
      assert.equal(headers['transfer-encoding'], undefined);
    }
    const [submit] = server.requestsOf('submit');
    assert.equal(submit?.headers['content-type'], 'application/json');
    assert.deepEqual(submit.json, {
      audio_url: url,
      speech_models: ['assemblyai-stt-3-7', 'universal-2'],
      speaker_labels: true,
      language_detection: true,
    });
  });

  it('get a job of an unknown status as failed where the service gives a reason', async () => {
    const body = { id: 'id-1', status: 'rejected' };
    server.fault('get', faults.answer(200, JSON.stringify({ ...body, error: 'No speech.' })));
    server.fault('get', faults.answer(200, JSON.stringify({ ...body, error: null })));
    assert.equal((await client.get('id-1', neverAborted)).status, 'error');
    assert.equal((await client.get('id-1', neverAborted)).status, 'processing');
  });

  it('use the connections that are there', async () => {
    const job = await client.submit(requestFor('https://example.test/a.mp3'), neverAborted);
    server.fault('get', faults.serverError());
    for (let poll = 0; poll < 5; poll++) {
      await client.get(job.id, neverAborted);
    }
    // A second connection may be opened while a response is still being read.
    assert.ok(
      server.connections <= 2,
      `${server.connections} connections for ${server.requests.length} requests`,
    );
  });

  it('use the path of a custom base URL', async () => {
    const failure = await failureOf(stage.client(`${server.url}/speech/`).get('id-1', neverAborted));
    assert.equal(server.requests[0]?.path, '/speech/v2/transcript/id-1');
    assert.equal(failure.kind, 'notFound');
  });

  it('follow the list below the path of a custom base URL only', async () => {
    const below = stage.client(`${server.url}/speech/`);
    const older = '/v2/transcript?limit=3&before_id=id-1';
    for (const olderUrl of [`${server.url}/speech${older}`, `/speech${older}`]) {
      await failureOf(below.list({ olderUrl }, neverAborted));
      assert.equal(server.requests.at(-1)?.path, `/speech${older}`);
    }
    for (const olderUrl of [
      `${server.url}${older}`,
      `${server.url}/speech/..${older}`,
      `/speechless${older}`,
    ]) {
      const failure = await failureOf(below.list({ olderUrl }, neverAborted));
      assert.equal(failure.kind, 'unexpectedAnswer');
    }
    assert.equal(server.requests.length, 2);
  });

  it('are not made with an id that is a path', async () => {
    for (const id of ['../upload', '', 'a/b', 'a?b', 'a%2Fb', 'ä', 'a b', '..']) {
      assert.equal((await failureOf(client.get(id, neverAborted))).kind, 'invalidRequest');
      assert.equal((await failureOf(client.delete(id, neverAborted))).kind, 'invalidRequest');
    }
    assert.equal(server.requests.length, 0);
  });

  it('are not made without a key, or with one that is not valid in a header', async () => {
    const missing = await failureOf(stage.client(server.url, { apiKey: '' }).checkKey(neverAborted));
    assert.equal(missing.kind, 'keyMissing');
    for (const apiKey of ['two words', 'line\nbreak', 'schlüssel', 'key\r\nx-evil: 1']) {
      const failure = await failureOf(stage.client(server.url, { apiKey }).checkKey(neverAborted));
      assert.equal(failure.kind, 'keyRejected');
      assert.deepEqual(describeFailure(failure).remedies[0], 'setApiKey');
    }
    assert.equal(server.requests.length, 0);
  });

  it('tell a good key from a bad one', async () => {
    await client.checkKey(neverAborted);
    const failure = await failureOf(stage.client(server.url, { apiKey: 'wrong' }).checkKey(neverAborted));
    assert.equal(failure.kind, 'keyRejected');
    assert.equal(server.requestsOf('list').length, 2);
  });

  it('end at once when they are aborted, before, during and between tries', async () => {
    const before = await failureOf(client.get('id-1', AbortSignal.abort()));
    assert.equal(before.kind, 'cancelled');
    assert.equal(server.requests.length, 0);

    const during = new AbortController();
    server.fault('get', faults.silence());
    const asked = client.get('id-1', during.signal);
    const arrived = await server.arrived('get');
    during.abort();
    assert.equal((await failureOf(asked)).kind, 'cancelled');
    await arrived.closed;

    const between = new AbortController();
    server.fault('list', faults.serverError(), Infinity);
    const clock = {
      now: () => 0,
      sleep: (_: number, signal: AbortSignal) => {
        between.abort(new Error('stop'));
        return Promise.reject(signal.reason as Error);
      },
    };
    const failure = await failureOf(stage.client(server.url, { clock }).list({}, between.signal));
    assert.equal(failure.kind, 'cancelled');
    assert.equal(server.requestsOf('list').length, 1);
  });

  it('that cannot connect are tried again, a submit too, without looking for a job', async () => {
    await server.close();
    const failure = await failureOf(client.get('id-1', neverAborted));
    assert.equal(failure.kind, 'network');
    assert.equal(failure.code, 'ECONNREFUSED');
    assert.match(describeFailure(failure).sentence, /\(ECONNREFUSED\)/);
    assert.equal(stage.clock.slept.length, 4);
    const submitted = await failureOf(client.submit(requestFor('https://example.test/a.mp3'), neverAborted));
    assert.equal(submitted.code, 'ECONNREFUSED');
    assert.equal(stage.clock.slept.length, 6);
  });

  it('to an unknown host say that there is no connection', async () => {
    const failure = await failureOf(stage.client('https://steno.invalid').get('id-1', neverAborted));
    assert.equal(failure.kind, 'offline');
    assert.match(describeFailure(failure).sentence, /^steno\.invalid cannot be reached \(E\w+\)/);
    assert.equal(stage.clock.slept.length, 4);
  });
});

describe('The list of transcripts', () => {
  let stage: Stage;
  let server: ScriptedServer;
  let client: AssemblyAiClient;

  beforeEach(async () => {
    stage = new Stage();
    server = await stage.startServer();
    client = stage.client(server.url);
  });
  afterEach(() => stage.close());

  it('is read page by page, newest first, in UTC', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 5; count++) {
      const { id } = await client.submit(requestFor(`https://example.test/${count}.mp3`), neverAborted);
      ids.unshift(id);
    }
    const seen: string[] = [];
    let page = await client.list({ limit: 2 }, neverAborted);
    for (;;) {
      seen.push(...page.rows.map((row) => row.id));
      if (page.olderUrl === null) {
        break;
      }
      page = await client.list({ olderUrl: page.olderUrl }, neverAborted);
    }
    assert.deepEqual(seen, ids);
    assert.equal(server.requestsOf('list').length, 3);
    assert.deepEqual(page.rows[0], {
      id: ids[4],
      status: 'queued',
      audioUrl: 'https://example.test/0.mp3',
      createdMs: stage.clock.now(),
      completedMs: null,
      error: null,
    });
  });

  it('is not followed to another host', async () => {
    const elsewhere = await stage.startServer();
    for (const olderUrl of [
      `${elsewhere.url}/v2/transcript`,
      '//example.test/v2/x',
      'http://',
      `${server.url}/x`,
    ]) {
      assert.equal(
        (await failureOf(client.list({ olderUrl }, neverAborted))).kind,
        'unexpectedAnswer',
        olderUrl,
      );
    }
    assert.equal(server.requests.length + elsewhere.requests.length, 0);
  });

  it('may have rows that make no sense', async () => {
    const row = {
      id: 'id-1',
      status: 'new status',
      created: 'yesterday',
      completed: '2026-11-22T09:30:00+01:00',
    };
    server.fault(
      'list',
      faults.answer(200, JSON.stringify({ transcripts: [null, 1, {}, row], page_details: 7 })),
    );
    const { rows, olderUrl } = await client.list({}, neverAborted);
    assert.equal(olderUrl, null);
    assert.deepEqual(rows, [
      {
        id: 'id-1',
        status: 'new status',
        audioUrl: '',
        createdMs: null,
        completedMs: Date.UTC(2026, 10, 22, 8, 30),
        error: null,
      },
    ]);
  });
});
