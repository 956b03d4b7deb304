import assert from 'node:assert/strict';
import type { JsonObject } from '../../../../src/core/json';
import { requestFor } from '../../../../src/core/request/request';
import { machineRefusal, taskOf, uploadIdOf } from '../../../../src/local/jobs/parameters';

const id = '3f0c2b9e-5a41-4d0b-9d5e-7c1a2e8f6b10';

describe('machineRefusal', () => {
  const accepted: readonly JsonObject[] = [
    { ...requestFor('x') },
    { language_code: 'en' },
    { language_code: 'en_au', punctuate: false, format_text: false, disfluencies: false },
    { language_detection: true, language_detection_options: { expected_languages: ['de', 'en'] } },
    { language_detection: true, language_detection_options: { expected_languages: ['all'] } },
    { language_detection_options: { fallback_language: 'auto', on_low_language_confidence: 'error' } },
    { speaker_options: { min_speakers_expected: 2 }, multichannel: true, speech_threshold: 0.1 },
    { audio_start_from: 1000, audio_end_at: 2000, custom_spelling: [{ from: ['a'], to: 'b' }] },
    // None of these values asks for anything.
    { summarization: false, keyterms_prompt: [], prompt: '', temperature: 0, speech_understanding: {} },
    { webhook_url: null, redact_pii: false, auto_chapters: null },
  ];
  for (const parameters of accepted) {
    it(`accepts ${JSON.stringify(parameters)}`, () => assert.equal(machineRefusal(parameters), undefined));
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
    it(`refuses ${name}`, () => {
      assert.equal(
        machineRefusal(parameters),
        `${name} is not available on this machine. Use AssemblyAI for it.`,
      );
    });
  }

  it('refuses languages by their codes', () => {
    const text = (languages: string): string =>
      `The following languages are not available on this machine: ${languages}. Use AssemblyAI for them.`;
    assert.equal(machineRefusal({ language_code: 'de_ch' }), text('de_ch'));
    const options = { expected_languages: ['de', 'fr'], fallback_language: 'de' };
    assert.equal(machineRefusal({ language_detection_options: options }), text('de, fr'));
  });
});

describe('uploadIdOf', () => {
  it('reads the id of an upload, whatever the port', () => {
    assert.equal(uploadIdOf(`http://127.0.0.1:8700/upload/${id}`), id);
    assert.equal(uploadIdOf(`http://localhost:1/upload/${id}`), id);
  });

  it('refuses all other URLs', () => {
    const others = [
      `https://127.0.0.1:1/upload/${id}`,
      `http://127.0.0.1.example.test:1/upload/${id}`,
      `http://127.0.0.1:1/upload/${id}/..`,
      `http://127.0.0.1:1/upload/../lock`,
      `http://127.0.0.1:1@example.test/upload/${id}`,
      `http://127.0.0.1:1/upload/${id}\n`,
    ];
    others.forEach((url) => assert.equal(uploadIdOf(url), undefined, url));
    assert.equal(uploadIdOf(undefined), undefined);
  });
});

describe('taskOf', () => {
  it('limits the number of speakers', () => {
    const range = (parameters: JsonObject): unknown => taskOf(parameters, 'x').speakers;
    assert.equal(range({ speakers_expected: 2 }), undefined);
    assert.deepEqual(range({ speaker_labels: true }), { min: 1, max: 10 });
    assert.deepEqual(range({ speaker_labels: true, speakers_expected: 3 }), { min: 3, max: 3 });
    const options = (min?: number, max?: number): JsonObject => ({
      speaker_labels: true,
      speaker_options: { min_speakers_expected: min, max_speakers_expected: max },
    });
    assert.deepEqual(range({ speaker_labels: true, speakers_expected: 1e9 }), { min: 30, max: 30 });
    assert.deepEqual(range(options(2)), { min: 2, max: 10 });
    assert.deepEqual(range(options(12)), { min: 12, max: 12 });
    assert.deepEqual(range(options(undefined, 4)), { min: 1, max: 4 });
  });

  it('names the part of the recording, and whether to recognise by channel', () => {
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
