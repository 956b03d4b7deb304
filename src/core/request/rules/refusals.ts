import { Type } from '@sinclair/typebox';
import { readAmount, readObject, type JsonObject } from '../../json';
import { termLimits } from '../schema/speechModels';
import {
  all,
  any,
  is,
  isModelAlone,
  isOff,
  isOn,
  isOneOf,
  isOther,
  isSet,
  not,
  type Condition,
} from './conditions';
import type { Rule } from './rule';

type Refusal = readonly [name: string, parameter: string, brokenBy: Rule['brokenBy'], message: string];

const { 'universal-2': broadTerms, 'assemblyai-stt-3-7': contextualTerms } = termLimits;

const identification = 'speech_understanding.request.speaker_identification';
const eachUtterance = 'speech_understanding.request.translation.match_original_utterance';
const detection = 'language_detection_options';

/** The parameter is a list that is not empty. */
const hasEntries = (parameter: string): Condition =>
  is(parameter, Type.Array(Type.Unknown(), { minItems: 1 }));

const isMoreThan = (smaller: unknown, larger: unknown): boolean => {
  const [low, high] = [readAmount(smaller), readAmount(larger)];
  return low !== null && high !== null && low > high;
};

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function expectsAnother(options: JsonObject): boolean {
  const { expected_languages: expected, fallback_language: fallback } = readObject(options[detection]);
  const languages = texts(expected);
  return (
    typeof fallback === 'string' &&
    fallback !== 'auto' &&
    languages.length > 0 &&
    !languages.includes('all') &&
    !languages.includes(fallback)
  );
}

const aboutLanguage: readonly Refusal[] = [
  [
    'language named and found',
    'language_code',
    all(isSet('language_code'), isOn('language_detection')),
    'language_code and language_detection exclude each other: either name the language, or have it found.',
  ],
  [
    'old model parameter',
    'speech_model',
    isSet('speech_model'),
    'AssemblyAI refuses speech_model. Use speech_models, a list: ["assemblyai-stt-3-7", "universal-2"].',
  ],
  [
    'two languages',
    'language_codes',
    all(
      is('language_codes', Type.Array(Type.String())),
      not(is('language_codes', Type.Array(Type.String(), { maxItems: 2, contains: Type.Literal('en') }))),
    ),
    'language_codes takes at most two languages, and one of them must be "en".',
  ],
  [
    'language of silence',
    `${detection}.on_no_speech_detected`,
    all(
      isOneOf(`${detection}.on_no_speech_detected`, 'fallback'),
      not(isOther(`${detection}.fallback_language`, ['auto'])),
    ),
    'For on_no_speech_detected "fallback", fallback_language must name a language: in silence, AssemblyAI detects none.',
  ],
  [
    'fallback among the expected',
    `${detection}.fallback_language`,
    expectsAnother,
    'fallback_language must be one of expected_languages, or "auto".',
  ],
  [
    'one form for each language',
    `${detection}.localization`,
    is(`${detection}.localization`, Type.Array(Type.Unknown(), { minItems: 2 })),
    'localization takes one regional form for each language.',
  ],
  [
    'end after start',
    'audio_end_at',
    ({ audio_start_from: start, audio_end_at: end }) =>
      !isMoreThan(end, start ?? 0) && readAmount(end) !== null,
    'audio_end_at must be later than audio_start_from.',
  ],
];

const aboutText: readonly Refusal[] = [
  [
    'key terms of universal-2',
    'keyterms_prompt',
    all(
      isModelAlone('universal-2'),
      is('keyterms_prompt', Type.Array(Type.Unknown(), { minItems: broadTerms.count + 1 })),
    ),
    `universal-2 takes at most ${broadTerms.count} key terms in keyterms_prompt. With assemblyai-stt-3-7, it can be ${contextualTerms.count}.`,
  ],
  [
    'word boost',
    'word_boost',
    all(isSet('word_boost'), not(isModelAlone('universal-2'))),
    'Today’s models refuse word_boost. Use keyterms_prompt.',
  ],
  [
    'sentiments and punctuation',
    'sentiment_analysis',
    all(isOn('sentiment_analysis'), isOff('punctuate')),
    'sentiment_analysis needs punctuate: it judges sentences.',
  ],
  [
    'chapters and punctuation',
    'auto_chapters',
    all(isOn('auto_chapters'), isOff('punctuate')),
    'auto_chapters needs punctuate.',
  ],
  [
    'summary and text form',
    'summarization',
    all(isOn('summarization'), any(isOff('punctuate'), isOff('format_text'))),
    'summarization needs punctuate and format_text.',
  ],
  [
    'summary or chapters',
    'auto_chapters',
    all(isOn('auto_chapters'), isOn('summarization')),
    'Only one of auto_chapters and summarization can be on. Better than both: speech_understanding.request.summarization.',
  ],
  [
    'summary model without type',
    'summary_model',
    all(isSet('summary_model'), not(isSet('summary_type'))),
    'summary_model needs summary_type beside it.',
  ],
  [
    'summary type without model',
    'summary_type',
    all(isSet('summary_type'), not(isSet('summary_model'))),
    'summary_type needs summary_model beside it.',
  ],
  [
    'types of the catchy model',
    'summary_type',
    all(isOneOf('summary_model', 'catchy'), isOther('summary_type', ['headline', 'gist'])),
    'For summary_model "catchy", summary_type must be "headline" or "gist".',
  ],
  [
    'types of the other models',
    'summary_type',
    all(isOneOf('summary_model', 'informative', 'conversational'), isOneOf('summary_type', 'gist')),
    'summary_type "gist" is for summary_model "catchy" only.',
  ],
  [
    'conversational summary',
    'summary_model',
    all(isOneOf('summary_model', 'conversational'), not(any(isOn('speaker_labels'), isOn('multichannel')))),
    'summary_model "conversational" needs speaker_labels or multichannel.',
  ],
];

const aboutSpeakers: readonly Refusal[] = [
  [
    'speakers and punctuation',
    'speaker_labels',
    all(isOn('speaker_labels'), isOff('punctuate')),
    'speaker_labels needs punctuate.',
  ],
  [
    'number or range of speakers',
    'speakers_expected',
    all(isSet('speakers_expected'), isSet('speaker_options')),
    'speakers_expected and speaker_options exclude each other: give the number of speakers, or their range.',
  ],
  [
    'number without speakers',
    'speakers_expected',
    all(isSet('speakers_expected'), not(isOn('speaker_labels'))),
    'speakers_expected needs speaker_labels.',
  ],
  [
    'range without speakers',
    'speaker_options',
    all(isSet('speaker_options'), not(isOn('speaker_labels'))),
    'speaker_options needs speaker_labels.',
  ],
  [
    'range of speakers',
    'speaker_options.max_speakers_expected',
    ({ speaker_options: range }) => {
      const { min_speakers_expected: min, max_speakers_expected: max } = readObject(range);
      return isMoreThan(min, max);
    },
    'max_speakers_expected must not be less than min_speakers_expected.',
  ],
  [
    'names without speakers',
    identification,
    all(isSet(identification), not(isOn('speaker_labels'))),
    'speaker_identification needs speaker_labels: only speakers that are told apart can be named.',
  ],
  [
    'translation by speaker',
    eachUtterance,
    all(isOn(eachUtterance), not(isOn('speaker_labels'))),
    'match_original_utterance needs speaker_labels.',
  ],
  [
    'people named twice',
    `${identification}.speakers`,
    all(isSet(`${identification}.speakers`), isSet(`${identification}.known_values`)),
    'Only one of known_values and speakers can be given.',
  ],
  [
    'roles without values',
    `${identification}.speaker_type`,
    all(
      isOneOf(`${identification}.speaker_type`, 'role'),
      not(any(hasEntries(`${identification}.known_values`), hasEntries(`${identification}.speakers`))),
    ),
    'For speaker_type "role", known_values or speakers must say which roles there are.',
  ],
  ...(['name', 'role'] as const).map((kind): Refusal => [
    `speakers without a ${kind}`,
    `${identification}.speakers`,
    all(
      isOneOf(`${identification}.speaker_type`, kind),
      is(`${identification}.speakers`, Type.Array(Type.Unknown(), { contains: not(isSet(kind)) })),
    ),
    `For speaker_type "${kind}", each of speakers needs a ${kind}.`,
  ]),
];

const aboutRedaction: readonly Refusal[] = [
  [
    'redaction of nothing',
    'redact_pii',
    all(isOn('redact_pii'), not(hasEntries('redact_pii_policies'))),
    'redact_pii needs redact_pii_policies: what is to be replaced, such as ["person_name", "phone_number"].',
  ],
  [
    'redaction and text form',
    'redact_pii',
    all(isOn('redact_pii'), isOff('format_text')),
    'redact_pii needs format_text.',
  ],
  [
    'redacted audio',
    'redact_pii_audio',
    all(isOn('redact_pii_audio'), not(isOn('redact_pii'))),
    'redact_pii_audio needs redact_pii.',
  ],
  [
    'redacted texts',
    'redact_static_entities',
    all(isSet('redact_static_entities'), not(isOn('redact_pii'))),
    'redact_static_entities needs redact_pii.',
  ],
];

const aboutAddresses: readonly Refusal[] = [
  [
    'secret in settings',
    'webhook_auth_header_value',
    isSet('webhook_auth_header_value'),
    'webhook_auth_header_value is a secret, which does not belong in settings. Give webhook_auth_header_name only, and keep the value with “Steno: Set Webhook Secret…”.',
  ],
  [
    'secret without a header',
    'webhook_auth_header_value',
    all(isSet('webhook_auth_header_value'), not(isSet('webhook_auth_header_name'))),
    'webhook_auth_header_value does nothing without webhook_auth_header_name.',
  ],
  [
    'another recording',
    'audio_url',
    isSet('audio_url'),
    'audio_url does not belong here: it is the recording that is transcribed.',
  ],
];

/** Rules about options that AssemblyAI refuses, and some that only Steno refuses, such as secrets in settings. */
export const refusals: readonly Rule[] = [
  ...aboutLanguage,
  ...aboutText,
  ...aboutSpeakers,
  ...aboutRedaction,
  ...aboutAddresses,
].map(([name, parameter, brokenBy, message]) => ({ severity: 'error', name, parameter, brokenBy, message }));
