import assert from 'node:assert/strict';
import type { JsonObject } from '../../../../src/core/json';
import { requestFor } from '../../../../src/core/request/request';
import { machineRefusal, taskOf, uploadIdOf } from '../../../../src/local/jobs/parameters';

const id = '3f0c2b9e-5a41-4d0b-9d5e-7c1a2e8f6b10';

describe('machineRefusal', () => {
  const admitted: readonly JsonObject[] = [
    { ...requestFor('x') },
    { language_code: 'en' },
    { language_code: 'en_au', punctuate: false, format_text: false, disfluencies: false },
    { language_detection: true, language_detection_options: { expected_languages: ['de', 'en'] } },
    { language_detection: true, language_detection_options: { expected_languages: ['all'] } },
    { language_detection_options: { fallback_language: 'auto', on_low_language_confidence: 'error' } },
    { speaker_options: { min_speakers_expected: 2 }, multichannel: true, speech_threshold: 0.1 },
    { audio_start_from: 1000, audio_end_at: 2000, custom_spelling: [{ from: ['a'], to: 'b' }] },
    // Nothing of this asks for anything.
    { summarization: false, keyterms_prompt: [], prompt: '', temperature: 0, speech_understanding: {} },
    { webhook_url: null, redact_pii: false, auto_chapters: null },
  ];
  for (const parameters of admitted) {
    it(`admits ${JSON.stringify(parameters)}`, () => assert.equal(machineRefusal(parameters), undefined));
  }

  const refused: readonly (readonly [parameters: JsonObject, name: string])[] = [
    [{ summarization: true }, 'summarization'],
    [{ disfluencies: true }, 'disfluencies'],
    [{ keyterms_prompt: ['Steno'] }, 'keyterms_prompt'],
    [{ webhook_url: 'https://example.test' }, 'webhook_url'],
    [{ speech_understanding: { request: {} } }, 'speech_understanding'],
    [{ language_codes: ['en', 'es'] }, 'language_codes'],
    [{ language_detection_options: { code_switching: true } }, 'language_detection_options.code_switching'],
    [
      { language_detection_options: { on_low_language_confidence: 'fallback' } },
      'language_detection_options.on_low_language_confidence',
    ],
  ];
  for (const [parameters, name] of refused) {
    it(`names ${name}`, () => {
      assert.equal(
        machineRefusal(parameters),
        `${name} is not available on this machine. Use AssemblyAI for it.`,
      );
    });
  }

  it('names the languages', () => {
    const text = (languages: string): string =>
      `The following languages are not available on this machine: ${languages}. Use AssemblyAI for them.`;
    assert.equal(machineRefusal({ language_code: 'de_ch' }), text('de_ch'));
    const options = { expected_languages: ['de', 'fr'], fallback_language: 'de' };
    assert.equal(machineRefusal({ language_detection_options: options }), text('de, fr'));
  });
});

describe('uploadIdOf', () => {
  it('knows uploads of this server, on whatever port', () => {
    assert.equal(uploadIdOf(`http://127.0.0.1:8700/upload/${id}`), id);
    assert.equal(uploadIdOf(`http://localhost:1/upload/${id}`), id);
  });

  it('knows nothing else', () => {
    const foreign = [
      `https://127.0.0.1:1/upload/${id}`,
      `http://127.0.0.1.example.test:1/upload/${id}`,
      `http://127.0.0.1:1/upload/${id}/..`,
      `http://127.0.0.1:1/upload/../lock`,
      `http://127.0.0.1:1@example.test/upload/${id}`,
      `http://127.0.0.1:1/upload/${id}\n`,
    ];
    foreign.forEach((url) => assert.equal(uploadIdOf(url), undefined, url));
    assert.equal(uploadIdOf(undefined), undefined);
  });
});

describe('taskOf', () => {
  it('says how many speakers to look for', () => {
    const bounds = (parameters: JsonObject): unknown => taskOf(parameters, 'x').speakers;
    assert.equal(bounds({ speakers_expected: 2 }), undefined);
    assert.deepEqual(bounds({ speaker_labels: true }), { min: 1, max: 10 });
    assert.deepEqual(bounds({ speaker_labels: true, speakers_expected: 3 }), { min: 3, max: 3 });
    const options = (min?: number, max?: number): JsonObject => ({
      speaker_labels: true,
      speaker_options: { min_speakers_expected: min, max_speakers_expected: max },
    });
    assert.deepEqual(bounds({ speaker_labels: true, speakers_expected: 1e9 }), { min: 30, max: 30 });
    assert.deepEqual(bounds(options(2)), { min: 2, max: 10 });
    assert.deepEqual(bounds(options(12)), { min: 12, max: 12 });
    assert.deepEqual(bounds(options(undefined, 4)), { min: 1, max: 4 });
  });

  it('says which part, and whether by channel', () => {
    const parameters = { audio_start_from: 5, audio_end_at: 9, multichannel: true };
    assert.deepEqual(taskOf(parameters, 'x'), {
      path: 'x',
      byChannel: true,
      speakers: undefined,
      fromMs: 5,
      toMs: 9,
    });
  });
});
