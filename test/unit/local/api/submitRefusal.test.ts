import assert from 'node:assert/strict';
import fc from 'fast-check';
import { requestFor } from '../../../../src/core/request/request';
import { submitRefusal } from '../../../../src/local/api/submitRefusal';

const understanding = (request: object): object => ({ speech_understanding: { request } });
const audio_url = 'https://example.test/a.mp3';

describe('submitRefusal', () => {
  it('accepts what Steno sends, and null for parameters that are not set', () => {
    assert.equal(submitRefusal(requestFor(audio_url)), undefined);
    assert.equal(submitRefusal({ audio_url, speakers_expected: null, custom_spelling: null }), undefined);
    for (const localization of [null, ['en_au'], ['en_uk']]) {
      assert.equal(submitRefusal({ audio_url, language_detection_options: { localization } }), undefined);
    }
  });

  const refusals: readonly (readonly [more: object, error: RegExp])[] = [
    [{ speaker_labels: 'yes' }, /^speaker_labels must be a Boolean$/],
    [{ speech_models: 'best' }, /^speech_models must be an Array$/],
    [{ speech_model: 'best' }, /deprecated/],
    [{ speakers_expected: 0 }, /^speakers_expected must be a number of speakers$/],
    [{ speaker_labels: true, speakers_expected: 2, speaker_options: {} }, /cannot be used together/],
    [{ speaker_options: { min_speakers_expected: 3, max_speakers_expected: 2 } }, /^speaker_options must be/],
    [{ speaker_options: { max_speakers_expected: 1.5 } }, /^speaker_options must be/],
    [{ audio_start_from: -1 }, /^audio_start_from must be a time/],
    [{ audio_start_from: 9, audio_end_at: 8 }, /^audio_end_at must be greater/],
    [{ speech_threshold: 2 }, /^speech_threshold must be between 0 and 1$/],
    [{ language_confidence_threshold: -0.1 }, /must be between 0 and 1$/],
    [{ content_safety_confidence: 10 }, /25 to 100/],
    [{ custom_spelling: [{ from: 'x', to: 'y' }] }, /^custom_spelling must be/],
    [{ custom_spelling: [{ from: ['x'], to: 'two words' }] }, /^custom_spelling must be/],
    [{ custom_spelling: ['x'] }, /^custom_spelling must be/],
    [{ summary_type: 'bullets' }, /set together/],
    [{ redact_pii_audio: true }, /needs redact_pii/],
    [{ webhook_auth_header_name: 'x' }, /set together/],
    [{ speech_models: ['nano'] }, /^The "nano" speech model\(s\) have been deprecated/],
    [{ word_boost: ['x'] }, /^"word_boost" is not compatible with/],
    [
      { language_code: 'de_ch', speaker_labels: true },
      /^The following models are not available in this language: speaker_labels$/,
    ],
    [{ keyterms_prompt: Array<string>(1001).fill('x') }, /too many terms/],
    [{ speech_models: ['universal-2'], keyterms_prompt: Array<string>(201).fill('x') }, /too many terms/],
    [{ keyterms_prompt: ['a b c d e f g'] }, /at most 6 words/],
    [{ speakers_expected: 2 }, /need speaker_labels/],
    [{ speaker_options: {} }, /need speaker_labels/],
    [{ speaker_labels: true, punctuate: false }, /needs punctuate/],
    [{ sentiment_analysis: true, punctuate: false }, /needs punctuate/],
    [{ auto_chapters: true, punctuate: false }, /need punctuate/],
    [{ summarization: true, format_text: false }, /need punctuate and format_text/],
    [understanding({ speaker_identification: { speaker_type: 'name' } }), /need speaker_labels/],
    [understanding({ translation: { match_original_utterance: true } }), /need speaker_labels/],
    [
      { speaker_labels: true, ...understanding({ speaker_identification: { speaker_type: 'role' } }) },
      /needs known_values or speakers/,
    ],
    [{ summary_model: 'catchy', summary_type: 'bullets' }, /not available with this summary_model/],
    [{ summary_model: 'informative', summary_type: 'gist' }, /not available with this summary_model/],
    [{ summary_model: 'conversational', summary_type: 'bullets' }, /speaker_labels or multichannel/],
    [{ redact_pii: true }, /redact_pii_policies must be set/],
    [{ redact_pii: true, redact_pii_policies: [] }, /redact_pii_policies must be set/],
    [{ redact_pii: true, redact_pii_policies: ['shoe_size'] }, /policies that are known/],
    [{ redact_pii: true, redact_pii_policies: ['date'], format_text: false }, /needs format_text/],
    [{ redact_static_entities: {} }, /needs redact_pii/],
    ...['en_us', 'de_ch', 7].map(
      (form) => [{ language_detection_options: { localization: [form] } }, /^localization must be/] as const,
    ),
    [{ language_detection_options: { localization: 'en_au' } }, /^localization must be a list/],
    [{ language_detection_options: { localization: ['en_au', 'en_uk'] } }, /at most one form/],
    [
      { language_detection_options: { on_no_speech_detected: 'fallback' } },
      /needs a fallback_language other than auto/,
    ],
  ];
  for (const [more, error] of refusals) {
    it(`refuses ${JSON.stringify(more)}`, () => {
      assert.match(submitRefusal({ audio_url, ...more }) ?? '', error);
    });
  }

  it('accepts or refuses any JSON, and never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        assert.ok(['string', 'undefined'].includes(typeof submitRefusal(value)));
      }),
    );
    const names = [
      'custom_spelling',
      'speaker_options',
      'audio_end_at',
      'speech_models',
      'punctuate',
    ] as const;
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.jsonValue(), (name, value) => {
        submitRefusal({ audio_url, [name]: value });
      }),
    );
  });
});
