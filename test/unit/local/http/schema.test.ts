import assert from 'node:assert/strict';
import type { JsonObject } from '../../../../src/core/json';
import { requestFor } from '../../../../src/core/request/request';
import { apiSchemaNote, hasApiSchema, readApiSchema } from '../../../support/apiSchema';
import {
  finalBody,
  recordingOf,
  channelOf,
  ServerFixture,
  submit,
  upload,
  type Ask,
  type FakeRecogniser,
} from './serverFixture';

describe(`Replies of the speech server${apiSchemaNote}`, () => {
  let fixture: ServerFixture;
  let ask: Ask;
  let recogniser: FakeRecogniser;
  let conforms: (name: string, value: unknown) => void;

  before(function () {
    if (!hasApiSchema) {
      this.skip();
    }
    conforms = readApiSchema();
  });
  beforeEach(async () => {
    fixture = new ServerFixture();
    ({ ask, recogniser } = await fixture.start());
  });
  afterEach(() => fixture.close());

  const requests: Readonly<Record<string, JsonObject>> = {
    'from Steno': { ...requestFor('') },
    'with defaults': {},
    'by channel': { multichannel: true, speaker_labels: true },
    'with nulls': { custom_spelling: null, speakers_expected: null, language_code: null, prompt: null },
    'with many parameters': {
      language_code: 'en_us',
      audio_start_from: 100,
      audio_end_at: 5000,
      speech_threshold: 0.1,
      custom_spelling: [{ from: ['pass'], to: 'PASS' }],
      speaker_labels: true,
      speakers_expected: 2,
    },
  };
  for (const [name, request] of Object.entries(requests)) {
    it(`conform to AssemblyAI’s OpenAPI description for a submit ${name}`, async () => {
      const audioUrl = await upload(ask);
      const { json } = await ask('POST', '/v2/transcript', { ...request, audio_url: audioUrl });
      conforms('Transcript', json);
      const id = String(json['id']);
      const channels = request['multichannel'] === true ? 2 : 1;
      const recognised = Array.from({ length: channels }, () => channelOf('Did it pass?', 'Yes, twice.'));
      (await recogniser.started(1)).finish(recordingOf(...recognised));
      const body = await finalBody(ask, id);
      assert.equal(body['status'], 'completed');
      conforms('Transcript', body);
      const path = `/v2/transcript/${id}`;
      conforms('SentencesResponse', (await ask('GET', `${path}/sentences`)).json);
      conforms('ParagraphsResponse', (await ask('GET', `${path}/paragraphs`)).json);
      conforms('WordSearchResponse', (await ask('GET', `${path}/word-search?words=pass,it`)).json);
      conforms('TranscriptList', (await ask('GET', '/v2/transcript')).json);
      conforms('Transcript', (await ask('DELETE', path)).json);
    });
  }

  it('conform to it for silence, failed jobs and errors', async () => {
    const silent = await submit(ask);
    (await recogniser.started(1)).finish(
      recordingOf({ ...channelOf('x'), words: [], englishConfidence: undefined }),
    );
    conforms('Transcript', await finalBody(ask, silent));
    conforms('SentencesResponse', (await ask('GET', `/v2/transcript/${silent}/sentences`)).json);
    const failed = await submit(ask);
    (await recogniser.started(2)).fail(new Error('oh'));
    conforms('Transcript', await finalBody(ask, failed));
    conforms('Error', (await ask('GET', `/v2/transcript/${failed}/srt`)).json);
    conforms('Error', (await ask('GET', '/other')).json);
    conforms('UploadedFile', { upload_url: await upload(ask) });
  });
});
