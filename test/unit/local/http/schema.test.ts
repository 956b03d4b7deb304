import assert from 'node:assert/strict';
import type { JsonObject } from '../../../../src/core/json';
import { requestFor } from '../../../../src/core/request/request';
import { apiSchemaNote, hasApiSchema, readApiSchema } from '../../../support/apiSchema';
import {
  finalBody,
  recognition,
  speech,
  Stage,
  submit,
  upload,
  type Ask,
  type FakeRecogniser,
} from './stage';

describe(`The published description and the local server${apiSchemaNote}`, () => {
  let stage: Stage;
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
    stage = new Stage();
    ({ ask, recogniser } = await stage.start());
  });
  afterEach(() => stage.close());

  const requests: Readonly<Record<string, JsonObject>> = {
    'of Steno': { ...requestFor('') },
    'with little': {},
    'by channel': { multichannel: true, speaker_labels: true },
    'with nulls': { custom_spelling: null, speakers_expected: null, language_code: null, prompt: null },
    'with much': {
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
    it(`admits all there is of a job ${name}`, async () => {
      const audioUrl = await upload(ask);
      const { json } = await ask('POST', '/v2/transcript', { ...request, audio_url: audioUrl });
      conforms('Transcript', json);
      const id = String(json['id']);
      const channels = request['multichannel'] === true ? 2 : 1;
      const heard = Array.from({ length: channels }, () => speech('Did it pass?', 'Yes, twice.'));
      (await recogniser.started(1)).finish(recognition(...heard));
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

  it('admits silence, failures and errors', async () => {
    const silent = await submit(ask);
    (await recogniser.started(1)).finish(
      recognition({ ...speech('x'), words: [], englishConfidence: undefined }),
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
