import assert from 'node:assert/strict';
import { requestFor } from '../../../src/core/request/request';
import { asPublished } from '../../support/apiDeviations';
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

  /** Asserts that a transcript is what the description calls so, but for what is newer. */
  const isTranscript = (body: object): void => conforms('Transcript', asPublished({ ...body }));

  async function answerOf(method: string, route: string, body?: unknown): Promise<object> {
    const answer = await fetch(server.url + route, {
      method,
      headers: { authorization: testKey, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
    return (await answer.json()) as object;
  }

  it('allows the default request', async () => {
    await stage.client(server.url).submit(requestFor('https://example.test/a.mp3'), neverAborted);
    const { audio_url, ...options } = server.requestsOf('submit')[0]?.json as Record<string, unknown>;
    assert.equal(audio_url, 'https://example.test/a.mp3');
    conforms('TranscriptOptionalParams', options);
  });

  it('allows the scripted server’s responses', async () => {
    conforms('UploadedFile', await answerOf('POST', '/v2/upload', 'bytes'));
    const queued = (await answerOf('POST', '/v2/transcript', requestFor('https://example.test/a.mp3'))) as {
      id: string;
    };
    isTranscript(queued);
    const route = `/v2/transcript/${queued.id}`;
    isTranscript(await answerOf('GET', route));
    const completed = (await answerOf('GET', route)) as { status: string };
    assert.equal(completed.status, 'completed');
    isTranscript(completed);
    server.plan({ error: 'Audio duration is too short.' });
    const failed = (await answerOf('POST', '/v2/transcript', requestFor('https://example.test/b.mp3'))) as {
      id: string;
    };
    server.complete(failed.id);
    isTranscript(await answerOf('GET', `/v2/transcript/${failed.id}`));
    conforms('TranscriptList', await answerOf('GET', '/v2/transcript?limit=1'));
    isTranscript(await answerOf('DELETE', route));
    conforms('Error', await answerOf('GET', '/v2/transcript/nobody'));
    conforms('Error', await answerOf('GET', '/v3/other'));
  });

  it('allows the scripted server’s exports of a transcript', async () => {
    const { id } = (await answerOf('POST', '/v2/transcript', {
      ...requestFor('https://example.test/a.mp3'),
      redact_pii: true,
      redact_pii_policies: ['person_name'],
      redact_pii_audio: true,
    })) as { id: string };
    server.complete(id);
    const route = `/v2/transcript/${id}`;
    conforms('SentencesResponse', await answerOf('GET', `${route}/sentences`));
    conforms('ParagraphsResponse', await answerOf('GET', `${route}/paragraphs`));
    conforms('WordSearchResponse', await answerOf('GET', `${route}/word-search?words=did,yes%20twice`));
    conforms('RedactedAudioResponse', await answerOf('GET', `${route}/redacted-audio`));
    conforms('Error', await answerOf('GET', `${route}/srt?chars_per_caption=0`));
    await answerOf('DELETE', route);
    conforms('Error', await answerOf('GET', `${route}/redacted-audio`));
    conforms('TranscriptList', await answerOf('GET', '/v2/transcript?status=completed'));
  });

  it('allows requested features, and the lack of others', async () => {
    const features = {
      auto_highlights_result: {
        status: 'success',
        results: [{ count: 1, rank: 0.5, text: 'it', timestamps: [{ start: 333, end: 666 }] }],
      },
      entities: [{ entity_type: 'person_name', text: 'Ada', start: 0, end: 10 }],
      chapters: [{ gist: 'It', headline: 'It passed', summary: 'It did.', start: 0, end: 2000 }],
    };
    server.plan(
      ...Array.from({ length: 2 }, () => ({ results: { ...smallBody(['A', 'Yes.']), ...features } })),
    );
    const submit = async (more: object): Promise<Record<string, unknown>> => {
      const request = { ...requestFor('https://example.test/a.mp3'), ...more };
      const { id } = (await answerOf('POST', '/v2/transcript', request)) as { id: string };
      server.complete(id);
      return (await answerOf('GET', `/v2/transcript/${id}`)) as Record<string, unknown>;
    };
    const understanding = { request: { translation: { target_languages: ['de'] } } };
    const all = await submit({
      auto_highlights: true,
      entity_detection: true,
      auto_chapters: true,
      speech_understanding: understanding,
    });
    // The description says that a response of language models fits exactly one of its schemas, but it fits all.
    const { speech_understanding: understood, ...rest } = all;
    isTranscript(rest);
    assert.deepEqual(all['chapters'], features.chapters);
    const { request, response } = understood as Record<string, unknown>;
    assert.deepEqual(request, understanding.request);
    conforms('TranslationResponse', response);
    const none = await submit({});
    isTranscript(none);
    assert.equal('chapters' in none || 'entities' in none || 'speech_understanding' in none, false);
  });
});
