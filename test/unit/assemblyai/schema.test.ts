import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import { defaultRequest } from '../../../src/core/request/request';
import { smallBody } from '../../support/server/bodies';
import type { ScriptedServer } from '../../support/server/scriptedServer';
import { neverAborted, Stage, testKey } from './stage';

/**
 * AssemblyAI publishes an OpenAPI description of its API; where a copy is at hand, STENO_API_SCHEMA names it.
 * Its `TranscriptParams` can never be met (two closed objects in an `allOf`), so the options are checked by
 * themselves. It knows no nulls for some fields that the service sends as null; the scripted server leaves
 * those out.
 */
const path = process.env['STENO_API_SCHEMA'] ?? '';

function compileSchemas(): (name: string) => ValidateFunction {
  const api = JSON.parse(readFileSync(path, 'utf8')) as { components: { schemas: object } };
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  for (const format of [
    'url',
    'double',
    'float',
    'uuid',
    'date',
    'date-time',
    'binary',
    'int64',
    'email',
    'uri',
  ]) {
    ajv.addFormat(format, true);
  }
  ajv.addSchema({ $id: 'api', components: { schemas: api.components.schemas } });
  return (name) => {
    const validate = ajv.getSchema(`api#/components/schemas/${name}`);
    assert.ok(validate, `the description has no ${name}`);
    return validate;
  };
}

const suite =
  path === ''
    ? 'The published description (skipped: STENO_API_SCHEMA names no file)'
    : 'The published description';

describe(suite, () => {
  let stage: Stage;
  let server: ScriptedServer;
  let schema: (name: string) => ValidateFunction;

  before(function () {
    if (path === '') {
      this.skip();
    }
    schema = compileSchemas();
  });
  beforeEach(async () => {
    stage = new Stage();
    server = await stage.startServer({ results: smallBody(['A', 'Did it pass?'], ['B', 'Yes, twice.']) });
  });
  afterEach(() => stage.close());

  function conforms(name: string, value: unknown): void {
    const validate = schema(name);
    assert.ok(validate(value), `${name}: ${JSON.stringify(validate.errors, null, 1)}`);
  }

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
