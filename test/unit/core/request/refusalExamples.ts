import type { JsonObject } from '../../../../src/core/json';
import { redacted, understood, type Example } from './examples';

const identified = (speaker_identification: JsonObject): JsonObject => ({
  speaker_labels: true,
  ...understood({ speaker_identification }),
});

const terms = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `term ${index}`);

/** Options that are refused before anything is uploaded, with their messages. */
export const refusalExamples: readonly Example[] = [
  // Types and ranges
  [{ speaker_labels: 'yes' }, 'speaker_labels', 'speaker_labels must be true or false.'],
  [{ speech_models: 'best' }, 'speech_models', 'speech_models must be a list of at least one model.'],
  [{ speech_models: [] }, 'speech_models', 'speech_models must be a list of at least one model.'],
  [{ prompt: '' }, 'prompt', 'prompt must be a text that is not empty.'],
  [
    { language_detection: true, language_confidence_threshold: 1.5 },
    'language_confidence_threshold',
    'language_confidence_threshold must be a number from 0 to 1.',
  ],
  [{ temperature: -0.1 }, 'temperature', 'temperature must be a number from 0 to 1.'],
  [{ speech_threshold: 2 }, 'speech_threshold', 'speech_threshold must be a number from 0 to 1.'],
  [
    { content_safety: true, content_safety_confidence: 24 },
    'content_safety_confidence',
    'content_safety_confidence must be a whole number from 25 to 100.',
  ],
  [
    { content_safety: true, content_safety_confidence: 101 },
    'content_safety_confidence',
    'content_safety_confidence must be a whole number from 25 to 100.',
  ],
  [
    { speaker_labels: true, speakers_expected: 0 },
    'speakers_expected',
    'speakers_expected must be a whole number of at least 1.',
  ],
  [{ audio_start_from: -1 }, 'audio_start_from', 'audio_start_from must be a time in milliseconds.'],
  [{ remove_audio_tags: 'none' }, 'remove_audio_tags', 'remove_audio_tags must be one of "all", "speaker".'],
  [
    { keyterms_prompt: terms(1001) },
    'keyterms_prompt',
    'keyterms_prompt must be a list of at most 1000 terms.',
  ],
  [
    { keyterms_prompt: ['fine', 'one two three four five six seven'] },
    'keyterms_prompt[1]',
    'keyterms_prompt[1] must be a term of one to six words.',
  ],
  [
    { custom_spelling: [{ from: ['decarlo'], to: 'De Carlo' }] },
    'custom_spelling[0].to',
    'custom_spelling[0].to must be one word, without spaces.',
  ],
  [
    { custom_spelling: [{ from: ['decarlo'] }] },
    'custom_spelling[0].to',
    'custom_spelling[0].to is missing.',
  ],
  [
    { custom_spelling: 'x' },
    'custom_spelling',
    'custom_spelling must be a list of {"from": [texts], "to": one word}.',
  ],
  [
    { redact_pii: true, redact_pii_policies: ['person_name', 'shoe_size'] },
    'redact_pii_policies[1]',
    'redact_pii_policies[1] must be a kind of information that AssemblyAI redacts, such as "person_name".',
  ],
  [
    {
      ...redacted,
      redact_pii_audio: true,
      redact_pii_audio_options: { override_audio_redaction_method: 'beep' },
    },
    'redact_pii_audio_options.override_audio_redaction_method',
    'redact_pii_audio_options.override_audio_redaction_method must be "silence".',
  ],
  [{ speech_understanding: {} }, 'speech_understanding.request', 'speech_understanding.request is missing.'],
  [
    understood({ summarization: { summary_type: 'gist' } }),
    'speech_understanding.request.summarization.summary_type',
    'speech_understanding.request.summarization.summary_type must be one of "paragraph", "bullets".',
  ],
  [
    identified({ speaker_type: 'name', known_values: ['x'.repeat(36)] }),
    'speech_understanding.request.speaker_identification.known_values[0]',
    'speech_understanding.request.speaker_identification.known_values[0] must be a name of 1 to 35 characters.',
  ],
  [
    { webhook_url: 'http://example.test/done' },
    'webhook_url',
    'webhook_url must be an https address, or http on this machine, without user name, backslash or space.',
  ],
  ...[
    ...[
      'https://hooks.example.com\\@evil.test/x',
      'https://hooks.example.com@evil.test/',
      'https://a.test/x y',
    ],
    ...['http://localhost:x@evil.test/', 'http://127.0.0.1@evil.test/', 'http://[::1]:80@evil.test'],
    ...[
      'https://a.test\tb/',
      'https://a.test/\u0000',
      'https://a.test/x\\y',
      'https://?',
      'http://localhost.evil.test/',
    ],
  ].map((webhook_url): Example => [
    { webhook_url },
    'webhook_url',
    'webhook_url must be an https address, or http on this machine, without user name, backslash or space.',
  ]),
  [
    { webhook_url: 'https://example.test', webhook_auth_header_name: 'a b' },
    'webhook_auth_header_name',
    'webhook_auth_header_name must be the name of an HTTP header.',
  ],
  // Parameters that do not go together
  [
    { language_code: 'en', language_detection: true },
    'language_code',
    'language_code and language_detection exclude each other: either name the language, or have it found.',
  ],
  [
    { speech_model: 'best' },
    'speech_model',
    'AssemblyAI refuses speech_model. Use speech_models, a list: ["assemblyai-stt-3-7", "universal-2"].',
  ],
  ...[['de', 'es'], ['en'].concat(['de', 'es']), []].map((language_codes): Example => [
    { language_codes },
    'language_codes',
    'language_codes takes at most two languages, and one of them must be "en".',
  ]),
  ...[{}, { fallback_language: 'auto' }].map((more): Example => [
    { language_detection: true, language_detection_options: { on_no_speech_detected: 'fallback', ...more } },
    'language_detection_options.on_no_speech_detected',
    'For on_no_speech_detected "fallback", fallback_language must name a language: in silence, AssemblyAI detects none.',
  ]),
  [
    {
      language_detection: true,
      language_detection_options: { expected_languages: ['en', 'de'], fallback_language: 'fr' },
    },
    'language_detection_options.fallback_language',
    'fallback_language must be one of expected_languages, or "auto".',
  ],
  [
    { language_detection: true, language_detection_options: { localization: ['en_au', 'en_uk'] } },
    'language_detection_options.localization',
    'localization takes one regional form for each language.',
  ],
  ...['en_us', 'de_ch', 'English'].map((form): Example => [
    { language_detection: true, language_detection_options: { localization: [form] } },
    'language_detection_options.localization[0]',
    'language_detection_options.localization[0] must be one of "en_au", "en_uk".',
  ]),
  ...[{ audio_start_from: 5000 }, { audio_start_from: 6000 }].map((more): Example => [
    { ...more, audio_end_at: 5000 },
    'audio_end_at',
    'audio_end_at must be later than audio_start_from.',
  ]),
  [{ audio_end_at: 0 }, 'audio_end_at', 'audio_end_at must be later than audio_start_from.'],
  [
    { speech_models: ['universal-2'], keyterms_prompt: terms(201) },
    'keyterms_prompt',
    'universal-2 takes at most 200 key terms in keyterms_prompt. With assemblyai-stt-3-7, it can be 1000.',
  ],
  [{ word_boost: ['Steno'] }, 'word_boost', 'Today’s models refuse word_boost. Use keyterms_prompt.'],
  [
    { sentiment_analysis: true, punctuate: false },
    'sentiment_analysis',
    'sentiment_analysis needs punctuate: it judges sentences.',
  ],
  [{ auto_chapters: true, punctuate: false }, 'auto_chapters', 'auto_chapters needs punctuate.'],
  ...[{ punctuate: false }, { format_text: false }].map((more): Example => [
    { summarization: true, ...more },
    'summarization',
    'summarization needs punctuate and format_text.',
  ]),
  [
    { auto_chapters: true, summarization: true },
    'auto_chapters',
    'Only one of auto_chapters and summarization can be on. Better than both: speech_understanding.request.summarization.',
  ],
  [
    { summarization: true, summary_model: 'informative' },
    'summary_model',
    'summary_model needs summary_type beside it.',
  ],
  [
    { summarization: true, summary_type: 'bullets' },
    'summary_type',
    'summary_type needs summary_model beside it.',
  ],
  [
    { summarization: true, summary_model: 'catchy', summary_type: 'bullets' },
    'summary_type',
    'For summary_model "catchy", summary_type must be "headline" or "gist".',
  ],
  [
    { summarization: true, summary_model: 'informative', summary_type: 'gist' },
    'summary_type',
    'summary_type "gist" is for summary_model "catchy" only.',
  ],
  [
    { summarization: true, summary_model: 'conversational', summary_type: 'bullets' },
    'summary_model',
    'summary_model "conversational" needs speaker_labels or multichannel.',
  ],
  [{ speaker_labels: true, punctuate: false }, 'speaker_labels', 'speaker_labels needs punctuate.'],
  [
    { speaker_labels: true, speakers_expected: 2, speaker_options: { min_speakers_expected: 2 } },
    'speakers_expected',
    'speakers_expected and speaker_options exclude each other: give the number of speakers, or their range.',
  ],
  [{ speakers_expected: 2 }, 'speakers_expected', 'speakers_expected needs speaker_labels.'],
  [
    { speaker_labels: false, speaker_options: { max_speakers_expected: 4 } },
    'speaker_options',
    'speaker_options needs speaker_labels.',
  ],
  [
    { speaker_labels: true, speaker_options: { min_speakers_expected: 3, max_speakers_expected: 2 } },
    'speaker_options.max_speakers_expected',
    'max_speakers_expected must not be less than min_speakers_expected.',
  ],
  [
    understood({ speaker_identification: { speaker_type: 'name' } }),
    'speech_understanding.request.speaker_identification',
    'speaker_identification needs speaker_labels: only speakers that are told apart can be named.',
  ],
  [
    understood({ translation: { target_languages: ['de'], match_original_utterance: true } }),
    'speech_understanding.request.translation.match_original_utterance',
    'match_original_utterance needs speaker_labels.',
  ],
  [
    identified({ speaker_type: 'name', known_values: ['Maria'], speakers: [{ name: 'Tom' }] }),
    'speech_understanding.request.speaker_identification.speakers',
    'Only one of known_values and speakers can be given.',
  ],
  ...[{}, { known_values: [] }].map((more): Example => [
    identified({ speaker_type: 'role', ...more }),
    'speech_understanding.request.speaker_identification.speaker_type',
    'For speaker_type "role", known_values or speakers must say which roles there are.',
  ]),
  [
    identified({ speaker_type: 'name', speakers: [{ name: 'Tom' }, { company: 'Heron' }] }),
    'speech_understanding.request.speaker_identification.speakers',
    'For speaker_type "name", each of speakers needs a name.',
  ],
  [
    identified({ speaker_type: 'role', speakers: [{ name: 'Tom' }] }),
    'speech_understanding.request.speaker_identification.speakers',
    'For speaker_type "role", each of speakers needs a role.',
  ],
  ...[{}, { redact_pii_policies: [] }].map((more): Example => [
    { redact_pii: true, ...more },
    'redact_pii',
    'redact_pii needs redact_pii_policies: what is to be replaced, such as ["person_name", "phone_number"].',
  ]),
  [{ ...redacted, format_text: false }, 'redact_pii', 'redact_pii needs format_text.'],
  [{ redact_pii_audio: true }, 'redact_pii_audio', 'redact_pii_audio needs redact_pii.'],
  [
    { redact_static_entities: { PROJECT: ['Heron'] } },
    'redact_static_entities',
    'redact_static_entities needs redact_pii.',
  ],
  [
    {
      webhook_url: 'https://example.test',
      webhook_auth_header_name: 'X-Token',
      webhook_auth_header_value: 'secret',
    },
    'webhook_auth_header_value',
    'webhook_auth_header_value is a secret, which does not belong in settings. Give webhook_auth_header_name only, and keep the value with “Steno: Set Webhook Secret…”.',
  ],
  [
    { audio_url: 'https://example.test/other.mp3' },
    'audio_url',
    'audio_url does not belong here: it is the recording that is transcribed.',
  ],
];
