import assert from 'node:assert/strict';
import { defaultRequest } from '../../../src/core/request/request';
import { apiSchemaNote, hasApiSchema, readApiSchema } from '../../support/apiSchema';
import { smallBody } from '../../support/server/bodies';
import type { ScriptedServer } from '../../support/server/scriptedServer';
import { neverAborted, Stage, testKey } from './stage';

describe(`The published description${apiSchemaNote}`, () => {
  let stage: Stage;
  let server: ScriptedServer;
  let conforms: (name: string, value: unknown) => void;

  before(function () {
    if (!hasApiSchema) {
      this.skip();
    }
    conforms = readApiSchema();
  });
  beforeEach(async () => {
    stage = new Stage();
    server = await stage.startServer({ results: smallBody(['A', 'Did it pass?'], ['B', 'Yes, twice.']) });
  });
  afterEach(() => stage.close());

  async function answerOf(method: string, route: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(server.url + route, {
      method,
      headers: { authorization: testKey, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
    return answer.json();
  }

  it('admits the default request', async () => {
    await stage.client(server.url).submit(defaultRequest('https://example.test/a.mp3'), neverAborted);
    const { audio_url, ...options } = server.requestsOf('submit')[0]?.json as Record<string, unknown>;
    assert.equal(audio_url, 'https://example.test/a.mp3');
    conforms('TranscriptOptionalParams', options);
  });

  it('admits the scripted server’s answers', async () => {
    conforms('UploadedFile', await answerOf('POST', '/v2/upload', 'bytes'));
    const queued = (await answerOf(
      'POST',
      '/v2/transcript',
      defaultRequest('https://example.test/a.mp3'),
    )) as {
      id: string;
    };
    conforms('Transcript', queued);
    const route = `/v2/transcript/${queued.id}`;
    conforms('Transcript', await answerOf('GET', route));
    const completed = (await answerOf('GET', route)) as { status: string };
    assert.equal(completed.status, 'completed');
    conforms('Transcript', completed);
    server.plan({ error: 'Audio duration is too short.' });
    const failed = (await answerOf(
      'POST',
      '/v2/transcript',
      defaultRequest('https://example.test/b.mp3'),
    )) as {
      id: string;
    };
    server.complete(failed.id);
    conforms('Transcript', await answerOf('GET', `/v2/transcript/${failed.id}`));
    conforms('TranscriptList', await answerOf('GET', '/v2/transcript?limit=1'));
    conforms('Transcript', await answerOf('DELETE', route));
    conforms('Error', await answerOf('GET', '/v2/transcript/nobody'));
    conforms('Error', await answerOf('GET', '/v3/other'));
  });
});
