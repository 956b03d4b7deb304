import assert from 'node:assert/strict';
import type { JsonObject } from '../../../src/core/json';
import { smallBody } from '../../support/server/bodies';
import {
  startScriptedServer,
  type ScriptedServer,
  type ScriptedServerOptions,
} from '../../support/server/scriptedServer';

const sentiment = {
  sentiment_analysis_results: [{ text: 'Ja.', start: 0, end: 1000, sentiment: 'POSITIVE' }],
};

describe('The scripted server, asked for features', () => {
  const servers: ScriptedServer[] = [];

  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  async function start(options: ScriptedServerOptions = {}): Promise<ScriptedServer> {
    const server = await startScriptedServer({ pace: 'manual', ...options });
    servers.push(server);
    return server;
  }

  async function ask(
    server: ScriptedServer,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<JsonObject> {
    const answer = await fetch(server.url + path, {
      method,
      headers: { authorization: 'test-key' },
      body: body === undefined ? null : JSON.stringify(body),
    });
    return (await answer.json()) as JsonObject;
  }

  async function transcript(server: ScriptedServer, parameters: JsonObject): Promise<JsonObject> {
    const request = { audio_url: 'https://example.test/a.mp3', ...parameters };
    const { id } = await ask(server, 'POST', '/v2/transcript', request);
    server.complete(String(id));
    return ask(server, 'GET', `/v2/transcript/${String(id)}`);
  }

  it('echoes them, and keeps the webhook’s secret', async () => {
    const server = await start();
    const parameters = {
      prompt: 'A stand-up.',
      speaker_labels: true,
      speaker_options: { max_speakers_expected: 3 },
      language_code: 'de',
      webhook_url: 'https://example.test/hook',
      webhook_auth_header_name: 'X-Hook',
    };
    const body = await transcript(server, { ...parameters, webhook_auth_header_value: 's3cr3t' });
    for (const [name, value] of Object.entries(parameters)) {
      assert.deepEqual(body[name], value, name);
    }
    assert.equal(body['webhook_auth'], true);
    assert.doesNotMatch(JSON.stringify(body), /s3cr3t/);
  });

  it('refuses what a language does not have, and leaves it out where the language was found', async () => {
    const results = { ...smallBody(['A', 'Ja.']), ...sentiment, language_code: 'de' };
    const server = await start({ results });
    const features = { sentiment_analysis: true, content_safety: true };
    const { error } = await ask(server, 'POST', '/v2/transcript', {
      audio_url: 'https://example.test/a.mp3',
      language_code: 'de',
      ...features,
    });
    assert.equal(error, 'The following models are not available in this language: sentiment_analysis');
    const found = await transcript(server, { ...features, language_detection: true });
    assert.equal(found['status'], 'completed');
    assert.equal(found['sentiment_analysis'], true);
    assert.equal('sentiment_analysis_results' in found, false);
    const english = await start({ results: { ...results, language_code: 'en_us' } });
    const body = await transcript(english, features);
    assert.deepEqual(body['sentiment_analysis_results'], sentiment.sentiment_analysis_results);
  });

  it('tells speakers by channel where there are channels', async () => {
    const server = await start({ results: { ...smallBody(['1', 'Yes.']), audio_channels: 2 } });
    const body = await transcript(server, { multichannel: true });
    assert.equal(body['audio_channels'], 2);
    assert.equal((body['utterances'] as unknown[]).length, 1);
  });

  it('understands what it transcribes, in the words of a test or its own', async () => {
    const results = {
      ...smallBody(['A', 'Hello.'], ['B', 'Hi.'], ['C', 'Hey.']),
      translated_texts: { de: 'Hallo.', fr: 'Salut.' },
      speech_understanding: { response: { action_items: { status: 'success', items: [] } } },
    };
    const server = await start({ results });
    const request = {
      speaker_identification: { speaker_type: 'role', speakers: [{ role: 'Host' }, { role: 'Guest' }] },
      translation: { target_languages: ['de', 'es'] },
      summarization: { summary_type: 'bullets' },
      action_items: {},
      custom_formatting: {},
    };
    const body = await transcript(server, { speaker_labels: true, speech_understanding: { request } });
    const { response, request: echoed } = body['speech_understanding'] as Record<string, JsonObject>;
    assert.deepEqual(echoed, request);
    assert.deepEqual(Object.keys(response ?? {}).sort(), Object.keys(request).sort());
    assert.deepEqual(response?.['action_items'], { status: 'success', items: [] });
    assert.deepEqual(body['translated_texts'], { de: 'Hallo.', es: '[es] Hello. Hi. Hey.' });
    const speakers = (body['utterances'] as JsonObject[]).map(({ speaker }) => speaker);
    assert.deepEqual(speakers, ['Host', 'Guest', 'C']);
    const none = await transcript(server, { speaker_labels: true });
    assert.equal('translated_texts' in none || 'speech_understanding' in none, false);
  });

  it('takes everything away with a delete, and lists it later', async () => {
    const results = { ...smallBody(['A', 'Ada.']), entities: [{ text: 'Ada' }], summary: 'Ada.' };
    const server = await start({ results, newness: true, deletionLag: 1 });
    const features = { entity_detection: true, summarization: true };
    const ids: string[] = [];
    for (let count = 0; count < 2; count++) {
      ids.push(String((await transcript(server, features))['id']));
    }
    for (const id of ids) {
      const deleted = await ask(server, 'DELETE', `/v2/transcript/${id}`);
      assert.equal(deleted['is_deleted'], true);
      const body = await ask(server, 'GET', `/v2/transcript/${id}`);
      assert.equal('is_deleted' in body && body['is_deleted'] === true, false);
      assert.deepEqual(
        [body['text'], body['status'], body['audio_duration']],
        ['Deleted by user.', 'completed', 1],
      );
      assert.equal('entities' in body || 'summary' in body, false);
      assert.doesNotMatch(JSON.stringify(body), /Ada/);
    }
    const urls = async (): Promise<unknown[]> => {
      const { transcripts } = await ask(server, 'GET', '/v2/transcript');
      return (transcripts as JsonObject[]).map(({ audio_url }) => audio_url);
    };
    assert.deepEqual(await urls(), ['https://example.test/a.mp3', 'https://example.test/a.mp3']);
    assert.deepEqual(await urls(), ['deleted_by_user', 'http://deleted_by_user']);
  });

  it('no longer has LeMUR', async () => {
    const server = await start();
    const answer = await fetch(`${server.url}/lemur/v3/generate/task`, {
      method: 'POST',
      body: '{}',
      headers: { authorization: 'test-key' },
    });
    assert.equal(answer.status, 404);
  });

  it('keeps its storage shut without a signature, or with a key', async () => {
    const server = await start();
    const file = `${server.url}/redacted/id-1.mp3`;
    assert.equal((await fetch(file)).status, 403);
    const signed = `${file}?X-Amz-Signature=x`;
    assert.equal((await fetch(signed, { headers: { authorization: 'test-key' } })).status, 403);
    assert.equal((await fetch(signed)).status, 200);
  });
});
