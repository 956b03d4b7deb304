import { redacted, understood, type Example } from './examples';

export const deprecatedModel =
  'AssemblyAI calls universal-3-5-pro deprecated. It still works; assemblyai-stt-3-7 takes its place.';
const droppedTerms =
  'universal-2 transcribes this language. It takes key terms for English only, so they are dropped.';

/** Options with a deprecated model, with their other warning. */
export const deprecatedModelExamples: readonly Example[] = [
  [
    { speech_models: ['universal-3-5-pro'], language_code: 'cy' },
    'language_code',
    'universal-3-5-pro does not know this language; AssemblyAI takes universal-2 instead.',
  ],
  [
    {
      speech_models: ['universal-3-5-pro', 'universal-2'],
      language_code: 'ko',
      keyterms_prompt: ['Hangul'],
    },
    'keyterms_prompt',
    droppedTerms,
  ],
];

/** Options that are sent, with their warnings. */
export const warningExamples: readonly Example[] = [
  [{ language_code: 'sw', keyterms_prompt: ['Uhuru'] }, 'keyterms_prompt', droppedTerms],
  // Unknown and deprecated parameters
  [{ brand_new: 1 }, 'brand_new', 'Steno does not know brand_new; it is sent as it stands.'],
  [
    { speaker_label: true },
    'speaker_label',
    'Steno does not know speaker_label; did you mean speaker_labels? It is sent as it stands.',
  ],
  [
    { speaker_labels: true, speaker_options: { most: 3 } },
    'speaker_options.most',
    'Steno does not know speaker_options.most; it is sent as it stands.',
  ],
  [
    { speech_models: ['universal-4'] },
    'speech_models[0]',
    'Steno knows no model “universal-4” of AssemblyAI; it is sent as it stands.',
  ],
  [
    { language_code: 'en-US' },
    'language_code',
    'Steno knows no language “en-US” of AssemblyAI; it is sent as it stands.',
  ],
  [
    understood({ translation: { target_languages: ['de', 'tlh'] } }),
    'speech_understanding.request.translation.target_languages[1]',
    'Steno knows no language for translations “tlh” of AssemblyAI; it is sent as it stands.',
  ],
  [{ dual_channel: true }, 'dual_channel', 'dual_channel is out of date. Use multichannel.'],
  [
    { speaker_labels: true, speakers_expected: 2 },
    'speakers_expected',
    'speakers_expected is out of date. Use speaker_options, with the same number as min_speakers_expected and max_speakers_expected.',
  ],
  [
    { auto_chapters: true },
    'auto_chapters',
    'auto_chapters is out of date. Use speech_understanding.request.summarization; newer accounts are refused this one.',
  ],
  [
    { custom_topics: true },
    'custom_topics',
    'custom_topics is out of date. It does nothing any more. For topics, use iab_categories.',
  ],
  [
    { speech_models: ['universal-2'], word_boost: ['Steno'] },
    'word_boost',
    'word_boost is out of date. Use keyterms_prompt: today’s models refuse word_boost.',
  ],
  // Parameters without effect
  ...[['language_confidence_threshold', 0.5] as const, ['language_detection_options', {}] as const].map(
    ([name, value]): Example => [{ [name]: value }, name, `${name} does nothing without language_detection.`],
  ),
  [
    { language_detection: true, language_detection_options: { code_switching_confidence_threshold: 0.5 } },
    'language_detection_options.code_switching_confidence_threshold',
    'code_switching_confidence_threshold does nothing without code_switching.',
  ],
  [
    { keyterms_prompt_options: { keyterms_match_strength: 'high' } },
    'keyterms_prompt_options',
    'keyterms_prompt_options does nothing without keyterms_prompt.',
  ],
  [
    { content_safety_confidence: 60 },
    'content_safety_confidence',
    'content_safety_confidence does nothing without content_safety.',
  ],
  ...[
    ['redact_pii_policies', ['person_name']] as const,
    ['redact_pii_sub', 'hash'] as const,
    ['redact_pii_return_unredacted', true] as const,
  ].map(([name, value]): Example => [{ [name]: value }, name, `${name} does nothing without redact_pii.`]),
  ...[['redact_pii_audio_quality', 'wav'] as const, ['redact_pii_audio_options', {}] as const].map(
    ([name, value]): Example => [
      { ...redacted, [name]: value },
      name,
      `${name} does nothing without redact_pii_audio.`,
    ],
  ),
  [
    { webhook_auth_header_name: 'X-Token' },
    'webhook_auth_header_name',
    'webhook_auth_header_name does nothing without webhook_url.',
  ],
  ...[
    ['prompt', 'A stand-up of four people'] as const,
    ['temperature', 0.2] as const,
    ['remove_audio_tags', 'all'] as const,
  ].map(([name, value]): Example => [
    { speech_models: ['universal-2'], [name]: value },
    name,
    `${name} does nothing with universal-2; it is for assemblyai-stt-3-7.`,
  ]),
  ...['auto_highlights', 'sentiment_analysis', 'disfluencies', 'content_safety', 'iab_categories']
    .concat('entity_detection', 'filter_profanity')
    .map((name): Example => [
      { language_code: 'cy', [name]: true },
      name,
      `${name} is not known to work in the language of language_code: AssemblyAI may refuse it.`,
    ]),
  [
    { language_code: 'cy', ...redacted },
    'redact_pii',
    'redact_pii is not known to work in the language of language_code: AssemblyAI may refuse it.',
  ],
  [
    { language_code: 'de_ch', speaker_labels: true },
    'speaker_labels',
    'speaker_labels is not known to work in the language of language_code: AssemblyAI may refuse it.',
  ],
  ...['abcd', 'x'.repeat(51)].map((term): Example => [
    { speech_models: ['universal-2'], keyterms_prompt: [term] },
    'keyterms_prompt',
    'universal-2 passes over key terms of fewer than 5 or more than 50 characters.',
  ]),
  [
    { speech_models: ['universal-2'], keyterms_prompt: ['Bundestag'], language_code: 'de' },
    'keyterms_prompt',
    'With universal-2, keyterms_prompt is for English.',
  ],
  [
    { prompt: Array(1501).fill('word').join(' ') },
    'prompt',
    'prompt is longer than about 1500 words; the rest may not be read.',
  ],
  [
    {
      speech_models: ['assemblyai-stt-3-7'],
      language_detection: true,
      language_detection_options: { code_switching: true, expected_languages: ['en', 'ko'] },
    },
    'language_detection_options.code_switching',
    'code_switching is used by universal-2 only, which speech_models does not name.',
  ],
  ...[
    ['universal-3-5-pro'],
    ['universal-3-5-pro', 'universal-2'],
    ['assemblyai-stt-3-7', 'universal-3-5-pro', 'universal-2'],
  ].map((speech_models): Example => [{ speech_models }, 'speech_models', deprecatedModel]),
  ...['pl', 'id', 'de_ch'].map((language_code): Example => [
    { speech_models: ['assemblyai-stt-3-7'], language_code },
    'language_code',
    'assemblyai-stt-3-7 is not known to support this language. List universal-2 after it.',
  ]),
  ...[{}, { language_detection_options: { expected_languages: ['en', 'pl'] } }].map((more): Example => [
    { speech_models: ['assemblyai-stt-3-7'], language_detection: true, ...more },
    'speech_models',
    'assemblyai-stt-3-7 has 32 languages. For recordings in others, list universal-2 after it.',
  ]),
  [
    { speech_models: ['universal-2'], language_code: 'yue' },
    'language_code',
    'Only assemblyai-stt-3-7 supports this language. List it in speech_models.',
  ],
  ...[
    ['assemblyai-stt-3-7', 'universal-2'],
    ['universal-2', 'assemblyai-stt-3-7'],
  ].map((speech_models): Example => [
    { speech_models, language_code: 'pl', keyterms_prompt: ['Sejm'] },
    'keyterms_prompt',
    droppedTerms,
  ]),
  [
    { domain: 'medical-v1', language_code: 'it' },
    'domain',
    'domain is for English, Spanish, German and French; in other languages it is passed over.',
  ],
];
