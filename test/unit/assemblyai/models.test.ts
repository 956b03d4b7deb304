import assert from 'node:assert/strict';
import { requestFor } from '../../../src/core/request/request';
import type { Transcript } from '../../../src/core/transcript/model';
import { parseTranscript } from '../../../src/core/transcript/parseTranscript';
import { smallBody } from '../../support/server/bodies';
import type { ScriptedServerOptions } from '../../support/server/scriptedServer';
import { failureOf, neverAborted, Stage, testKey } from './stage';

const results = smallBody(['A', 'Did it pass?'], ['B', 'Yes, twice.']);

describe('Models of AssemblyAI', () => {
  let stage: Stage;

  beforeEach(() => {
    stage = new Stage();
  });
  afterEach(() => stage.close());

  /** A transcript by the models that the account, the request and the language decide. */
  async function transcribed(more: object, options: ScriptedServerOptions = {}): Promise<Transcript> {
    const server = await stage.startServer({ results, ...options });
    const client = stage.client(server.url);
    const request = { audio_url: 'https://example.test/a.mp3', speaker_labels: true, ...more };
    const { id } = await client.submit(request, neverAborted);
    server.complete(id);
    const body = await client.get(id, neverAborted);
    assert.ok('metadata' in body, 'AssemblyAI sends it, also as null');
    return parseTranscript(body);
  }

  const modelAndWarnings = ({ model, warnings }: Transcript) => ({ model, warnings });

  it('are the newest for what Steno asks for', async () => {
    const { audio_url, ...options } = requestFor('https://example.test/b.mp3');
    assert.deepEqual(modelAndWarnings(await transcribed({ ...options, audio_url })), {
      model: 'assemblyai-stt-3-7',
      warnings: [],
    });
  });

  it('are those of the account where the request names none', async () => {
    for (const [defaultModel, model] of [
      [undefined, 'assemblyai-stt-3-7'],
      ['universal-3-5-pro', 'universal-3-5-pro'],
      ['universal-2', 'universal-2'],
    ] as const) {
      const defaultModels = defaultModel === undefined ? {} : { [testKey]: defaultModel };
      assert.deepEqual(modelAndWarnings(await transcribed({}, { defaultModels })), { model, warnings: [] });
    }
  });

  it('are the next in the list for a language that the first does not know, which needs no warning', async () => {
    const request = { speech_models: ['assemblyai-stt-3-7', 'universal-2'], language_code: 'pl' };
    assert.deepEqual(modelAndWarnings(await transcribed(request)), { model: 'universal-2', warnings: [] });
  });

  it('are others than those in the list where none knows the language, and key terms may be dropped', async () => {
    const request = { speech_models: ['universal-3-5-pro'], language_code: 'pl', keyterms_prompt: ['Sejm'] };
    assert.deepEqual(modelAndWarnings(await transcribed(request)), {
      model: 'universal-2',
      warnings: [
        'universal-3-5-pro does not support Polish, so universal-2 transcribed the recording.',
        'The key terms were not used: universal-2 takes them for English only.',
      ],
    });
  });

  it('are advertised to developers, not to readers', async () => {
    const verbatim = { speech_models: ['universal-2'], disfluencies: true };
    const server = await stage.startServer({ results });
    const { id } = await stage
      .client(server.url)
      .submit({ audio_url: 'https://example.test/a.mp3', ...verbatim }, neverAborted);
    server.complete(id);
    const body = await stage.client(server.url).get(id, neverAborted);
    assert.match(JSON.stringify(body['metadata']), /For highest accuracy/);
    assert.deepEqual(parseTranscript(body).warnings, []);
  });

  it('are replaced or refused when they are retired', async () => {
    const retired = { speech_models: ['universal-3-pro'] };
    assert.deepEqual(modelAndWarnings(await transcribed(retired, { retiredModels: 'rerouted' })), {
      model: 'assemblyai-stt-3-7',
      warnings: [],
    });
    const failure = await failureOf(transcribed(retired));
    assert.match(
      failure.message,
      /have been deprecated\. Use speech_models: \["assemblyai-stt-3-7", "universal-2"\]/,
    );
  });
});
