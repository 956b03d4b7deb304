import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { parseTranscriptBody } from '../../../src/core/transcript/parseTranscript';
import { dialogueBody, newness, smallBody } from '../../support/server/bodies';
import { faults } from '../../support/server/faults';
import {
  startScriptedServer,
  type ScriptedServer,
  type ScriptedServerOptions,
} from '../../support/server/scriptedServer';

type Json = Readonly<Record<string, unknown>>;

describe('The scripted server', () => {
  const servers: ScriptedServer[] = [];

  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  async function start(options: ScriptedServerOptions = {}): Promise<ScriptedServer> {
    const server = await startScriptedServer(options);
    servers.push(server);
    return server;
  }

  async function ask(
    server: ScriptedServer,
    method: string,
    path: string,
    body?: unknown,
    key = 'test-key',
  ): Promise<{ readonly status: number; readonly json: Json }> {
    const answer = await fetch(server.url + path, {
      method,
      headers: { authorization: key },
      body: body === undefined ? null : JSON.stringify(body),
    });
    return { status: answer.status, json: (await answer.json()) as Json };
  }

  const submit = async (server: ScriptedServer, more: Json = {}, key?: string): Promise<Json> =>
    (await ask(server, 'POST', '/v2/transcript', { audio_url: 'https://example.test/a.mp3', ...more }, key))
      .json;

  const statusOf = async (server: ScriptedServer, job: Json): Promise<unknown> =>
    (await ask(server, 'GET', `/v2/transcript/${String(job['id'])}`)).json['status'];

  it('walks a job from poll to poll', async () => {
    const server = await start({ pace: { polls: 3 } });
    const job = await submit(server);
    assert.equal(job['status'], 'queued');
    const seen = [await statusOf(server, job), await statusOf(server, job), await statusOf(server, job)];
    assert.deepEqual(seen, ['queued', 'processing', 'completed']);
  });

  it('walks a job by hand', async () => {
    const server = await start({ pace: 'manual' });
    const job = await submit(server);
    assert.equal(await statusOf(server, job), 'queued');
    assert.equal(server.advance(String(job['id'])), 'processing');
    assert.equal(await statusOf(server, job), 'processing');
    server.complete(String(job['id']));
    assert.equal(await statusOf(server, job), 'completed');
  });

  it('processes so many at once, first come first served', async () => {
    const server = await start({ pace: 'manual', concurrency: 1 });
    const first = await submit(server);
    const second = await submit(server);
    assert.equal(server.advance(String(second['id'])), 'queued', 'not before the first');
    assert.equal(server.advance(String(first['id'])), 'processing');
    assert.equal(server.advance(String(second['id'])), 'queued');
    const { json } = await ask(server, 'GET', `/v2/transcript/${String(second['id'])}`);
    assert.equal(json['throttled'], true);
    server.advance(String(first['id']));
    assert.equal(server.advance(String(second['id'])), 'processing');
  });

  it('keeps what belongs to different keys apart', async () => {
    const server = await start({ keys: ['one', 'two'] });
    const { json: upload } = await ask(server, 'POST', '/v2/upload', 'bytes', 'one');
    const mine = await submit(server, { audio_url: upload['upload_url'] }, 'one');
    assert.equal(mine['status'], 'queued');
    const theirs = await ask(server, 'POST', '/v2/transcript', { audio_url: upload['upload_url'] }, 'two');
    assert.deepEqual(theirs, { status: 403, json: { error: 'Cannot access uploaded file' } });
    const lookup = await ask(server, 'GET', `/v2/transcript/${String(mine['id'])}`, undefined, 'two');
    assert.equal(lookup.status, 400);
    for (const key of ['three', 'Bearer one', '']) {
      assert.equal((await ask(server, 'GET', '/v2/transcript', undefined, key)).status, 401);
    }
  });

  it('refuses what the API refuses', async () => {
    const server = await start();
    const refusals: readonly (readonly [more: Json, error: RegExp])[] = [
      [{ audio_url: '' }, /audio_url is required/],
      [{ language_code: 'en', language_detection: true }, /not available when language_code is specified/],
      [{ speech_models: ['universal-3-pro'] }, /have been deprecated/],
      [{ speech_model: 'best' }, /speech_model is deprecated/],
      [{ summarization: true, auto_chapters: true }, /Only one of the following models/],
      [{ format_text: 'yes' }, /format_text must be a Boolean/],
      [{ speech_models: 'best' }, /must be an Array/],
      [{ moonlight: true }, /moonlight is not a known parameter/],
      [{ redact_pii: true }, /redact_pii_policies/],
      [{ word_boost: ['Steno'] }, /"word_boost" is not compatible with/],
      [{ language_code: 'de_ch', speaker_labels: true }, /not available in this language: speaker_labels/],
      [{ speaker_labels: true, speakers_expected: 2, speaker_options: {} }, /cannot be used together/],
      [{ keyterms_prompt: ['one two three four five six seven'] }, /at most 6 words/],
      [{ audio_start_from: 5, audio_end_at: 5 }, /audio_end_at/],
    ];
    for (const [more, error] of refusals) {
      assert.match(String((await submit(server, more))['error']), error);
    }
    assert.equal(server.jobs.length, 0);
  });

  it('refuses to delete a job that is not finished', async () => {
    const server = await start({ pace: 'manual' });
    const job = await submit(server);
    assert.equal((await ask(server, 'DELETE', `/v2/transcript/${String(job['id'])}`)).status, 400);
  });

  it('lists by status, day and neighbour, and refuses nonsense', async () => {
    const server = await start({ pace: 'manual', now: () => Date.UTC(2026, 10, 22) });
    const ids: string[] = [];
    for (let count = 0; count < 4; count++) {
      ids.push(String((await submit(server))['id']));
    }
    server.complete(ids[0]!);
    const list = async (query: string): Promise<unknown> => {
      const { status, json } = await ask(server, 'GET', `/v2/transcript?${query}`);
      return status === 200
        ? (json['transcripts'] as Json[]).map(({ id }) => ids.indexOf(String(id)))
        : json['error'];
    };
    assert.deepEqual(await list(''), [3, 2, 1, 0]);
    assert.deepEqual(await list('status=completed'), [0]);
    assert.deepEqual(await list('created_on=2026-11-22&limit=2'), [3, 2]);
    assert.deepEqual(await list('created_on=2026-11-21'), []);
    assert.deepEqual(await list(`before_id=${ids[2]!}`), [1, 0]);
    assert.deepEqual(await list(`after_id=${ids[0]!}&limit=2`), [2, 1]);
    assert.deepEqual(await list(`after_id=${ids[0]!}&before_id=${ids[3]!}`), [2, 1]);
    assert.match(
      String(await list(`after_id=${ids[3]!}&before_id=${ids[0]!}`)),
      /must be a newer transcript/,
    );
    assert.match(String(await list('limit=201')), /between 1 and 200/);
    assert.match(String(await list('before_id=nobody')), /not found/);
  });

  it('brings results that Steno can read, with and without news', async () => {
    const server = await start({ newness: true, pace: 'manual' });
    const job = await submit(server, { speaker_labels: true });
    server.complete(String(job['id']));
    const { json } = await ask(server, 'GET', `/v2/transcript/${String(job['id'])}`);
    assert.equal(parseTranscriptBody(json).status, 'completed');
    assert.deepEqual(json['metadata'], newness['metadata']);
    assert.equal((json['utterances'] as unknown[]).length, 12);
    assert.equal((dialogueBody()['words'] as unknown[]).length, 120);

    const plain = await submit(server, { speaker_labels: false });
    server.complete(String(plain['id']));
    const without = (await ask(server, 'GET', `/v2/transcript/${String(plain['id'])}`)).json;
    assert.equal(without['utterances'], null);
    assert.equal((without['words'] as Json[])[0]?.['speaker'], null);
    assert.equal(smallBody(['A', 'Hello there.'])['text'], 'Hello there.');
  });

  it('gives the same ids to the same seed', async () => {
    const [one, two, three] = await Promise.all([start({ seed: 7 }), start({ seed: 7 }), start({ seed: 8 })]);
    const ids = [await submit(one), await submit(two), await submit(three)].map(({ id }) => String(id));
    assert.equal(ids[0], ids[1]);
    assert.notEqual(ids[0], ids[2]);
    assert.match(ids[0]!, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('is gone when stopped, and knows everything when it is back', async () => {
    const server = await start({ pace: 'manual' });
    const { json: upload } = await ask(server, 'POST', '/v2/upload', 'bytes');
    server.fault('get', faults.silence());
    const open = ask(server, 'GET', '/v2/transcript/any');
    await server.arrived('get');
    await Promise.all([assert.rejects(open), server.stop()]);
    await assert.rejects(ask(server, 'GET', '/v2/transcript'));

    await server.start();
    const job = await submit(server, { audio_url: upload['upload_url'] });
    await server.stop();
    await server.start();
    assert.equal(await statusOf(server, job), 'queued');
    await server.stop();
  });

  it('knows the jobs of a recording by its bytes', async () => {
    const server = await start();
    const uploads = [];
    for (const bytes of ['one', 'one', 'two']) {
      uploads.push((await ask(server, 'POST', '/v2/upload', bytes)).json['upload_url']);
    }
    const ids = [];
    for (const audio_url of uploads) {
      ids.push((await submit(server, { audio_url }))['id']);
    }
    // What is uploaded here is JSON.
    const idsOf = (text: string): unknown[] =>
      server.jobsOf(createHash('sha256').update(JSON.stringify(text)).digest('hex')).map((job) => job.id);
    assert.deepEqual([idsOf('one'), idsOf('two'), idsOf('three')], [ids.slice(0, 2), ids.slice(2), []]);
  });

  it('knows how much was under way at once', async () => {
    const server = await start({ keys: ['one', 'two'], pace: 'manual' });
    assert.deepEqual(server.peaks, { uploads: 0, jobs: 0, together: 0 });
    const first = await submit(server, {}, 'one');
    server.complete(String(first['id']));
    await submit(server, {}, 'one');
    await submit(server, {}, 'one');
    await submit(server, {}, 'two');
    assert.deepEqual(server.peaks, { uploads: 0, jobs: 2, together: 2 });

    server.fault('upload', faults.silence(), 3);
    const leaving = new AbortController();
    const uploads = [1, 2, 3].map(() =>
      fetch(`${server.url}/v2/upload`, {
        method: 'POST',
        body: 'bytes',
        headers: { authorization: 'one' },
        signal: leaving.signal,
      }),
    );
    await server.arrived('upload', 3);
    leaving.abort();
    await Promise.allSettled([...uploads, ...server.requestsOf('upload').map(({ closed }) => closed)]);
    await ask(server, 'POST', '/v2/upload', 'bytes', 'one');
    assert.deepEqual(server.peaks, { uploads: 3, jobs: 2, together: 5 });
  });

  it('says when something has come about', async () => {
    const server = await start();
    const seen = server.when(() => server.requestsOf('upload').find(({ bytes }) => bytes > 1));
    const answered = server.when(() => server.requests.find(({ status }) => status === 404));
    await ask(server, 'POST', '/v2/upload', 'bytes');
    assert.equal((await seen).route, 'upload');
    await ask(server, 'GET', '/v2/nothing');
    assert.equal((await answered).path, '/v2/nothing');
  });
});
