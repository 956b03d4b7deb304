import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { JsonObject } from '../../../../src/core/json';
import { checkOptions } from '../../../../src/core/request/checkOptions';
import { requestFor } from '../../../../src/core/request/request';
import { submitRefusal } from '../../../../src/local/api/submitRefusal';
import { anyhow, fewWellFormed } from './optionsArbitrary';
import { refusalExamples } from './refusalExamples';

/** The service's error for options, with a secret where they name its header. */
function answerTo({ webhook_auth_header_name: name, ...options }: JsonObject): string | undefined {
  const header =
    typeof name === 'string' ? { webhook_auth_header_name: name, webhook_auth_header_value: 's' } : {};
  return submitRefusal({ ...requestFor('https://example.test/a.mp3', options), ...header });
}

const hasErrors = (options: JsonObject): boolean =>
  checkOptions(options).some(({ severity }) => severity === 'error');

/** Options with a warning, which the service may refuse: for another language, or newer parameters. */
const isKnownRefusal = (text: string): boolean =>
  text.startsWith('The following models are not available in this language') ||
  text.endsWith('is not a known parameter');

describe('The service and checkOptions', () => {
  it('agree about what is refused, except what only Steno refuses', () => {
    const taken = refusalExamples
      .filter(([options]) => answerTo(options) === undefined)
      .map(([, parameter]) => parameter);
    assert.deepEqual(
      [...new Set(taken)],
      [
        'speech_models',
        'prompt',
        'remove_audio_tags',
        'redact_pii_audio_options.override_audio_redaction_method',
        'speech_understanding.request',
        'speech_understanding.request.summarization.summary_type',
        'speech_understanding.request.speaker_identification.known_values[0]',
        'webhook_url',
        'webhook_auth_header_name',
        'language_codes',
        'language_detection_options.fallback_language',
        'speech_understanding.request.speaker_identification.speakers',
        'webhook_auth_header_value',
        'audio_url',
      ],
    );
  });

  for (const [name, options] of Object.entries({ fewWellFormed, anyhow })) {
    it(`agree about what is accepted (${name})`, () => {
      fc.assert(
        fc.property(options, (chosen) => {
          const text = answerTo(chosen);
          assert.ok(hasErrors(chosen) || text === undefined || isKnownRefusal(text), text);
        }),
        { numRuns: 1000 },
      );
    });
  }
});
