import { Type } from '@sinclair/typebox';
import {
  contentLanguages,
  englishes,
  entityLanguages,
  languages,
  medicalLanguages,
  profanityLanguages,
} from '../schema/languages';
import { oneOf } from '../schema/fields';
import { knownModels, modelLanguages, termLimits, type KnownModel } from '../schema/speechModels';
import {
  all,
  any,
  is,
  isDefaultModels,
  isModelAlone,
  isModelListed,
  isOn,
  isOneOf,
  isOnlyModels,
  isSet,
  not,
  type Condition,
} from './conditions';
import type { Rule } from './rule';

type Warning = Omit<Rule, 'severity'>;

/** `language_code` names a known language that is not one of these. */
const isOtherLanguage = (known: readonly string[]): Condition =>
  isOneOf('language_code', ...[...languages.keys()].filter((code) => !known.includes(code)));

/** `language_code` names a language that Steno knows, but this model does not. */
const isUnknownTo = (model: KnownModel): Condition => isOtherLanguage(modelLanguages[model]);

/** Parameters that have no effect without another one. */
const companions: readonly (readonly [parameter: string, needed: Condition, name: string])[] = [
  ...['language_confidence_threshold', 'language_detection_options'].map(
    (parameter) => [parameter, isOn('language_detection'), 'language_detection'] as const,
  ),
  [
    'language_detection_options.code_switching_confidence_threshold',
    isOn('language_detection_options.code_switching'),
    'code_switching',
  ],
  ['keyterms_prompt_options', isSet('keyterms_prompt'), 'keyterms_prompt'],
  ['content_safety_confidence', isOn('content_safety'), 'content_safety'],
  ['summary_type', isOn('summarization'), 'summarization'],
  ...['redact_pii_policies', 'redact_pii_sub', 'redact_pii_return_unredacted'].map(
    (parameter) => [parameter, isOn('redact_pii'), 'redact_pii'] as const,
  ),
  ...['redact_pii_audio_quality', 'redact_pii_audio_options'].map(
    (parameter) => [parameter, isOn('redact_pii_audio'), 'redact_pii_audio'] as const,
  ),
  ['webhook_auth_header_name', isSet('webhook_url'), 'webhook_url'],
];

/** Parameters that have no effect with universal-2. */
const contextual = ['prompt', 'temperature', 'remove_audio_tags'];

/** Features that some languages do not have. The service refuses them for others. */
const byLanguage: readonly (readonly [parameter: string, languages: readonly string[]])[] = [
  ...['auto_highlights', 'sentiment_analysis', 'disfluencies'].map((name) => [name, englishes] as const),
  ...['content_safety', 'iab_categories'].map((name) => [name, contentLanguages] as const),
  ...['entity_detection', 'redact_pii'].map((name) => [name, entityLanguages] as const),
  ['filter_profanity', profanityLanguages],
  ['speaker_labels', [...languages.keys()].filter((code) => code !== 'de_ch')],
];

/** The listed models are assemblyai-stt-3-7 and maybe its predecessor, without universal-2 for other languages. */
const lacksUniversal2 = all(
  isModelListed('assemblyai-stt-3-7'),
  isOnlyModels('assemblyai-stt-3-7', 'universal-3-5-pro'),
);

/** What the listed models know. AssemblyAI uses the first that knows the language. */
const aboutModels: readonly Warning[] = [
  {
    name: 'deprecated model',
    parameter: 'speech_models',
    brokenBy: isModelListed('universal-3-5-pro'),
    message:
      'AssemblyAI calls universal-3-5-pro deprecated. It still works; assemblyai-stt-3-7 takes its place.',
  },
  {
    name: 'language of universal-2',
    parameter: 'language_code',
    brokenBy: all(lacksUniversal2, isUnknownTo('assemblyai-stt-3-7')),
    message: 'assemblyai-stt-3-7 is not known to support this language. List universal-2 after it.',
  },
  {
    name: 'detection without universal-2',
    parameter: 'speech_models',
    brokenBy: all(
      lacksUniversal2,
      isOn('language_detection'),
      not(
        is(
          'language_detection_options.expected_languages',
          Type.Array(oneOf(modelLanguages['assemblyai-stt-3-7']), { minItems: 1 }),
        ),
      ),
    ),
    message: 'assemblyai-stt-3-7 has 32 languages. For recordings in others, list universal-2 after it.',
  },
  {
    name: 'language of another model',
    parameter: 'language_code',
    brokenBy: all(
      isModelAlone('universal-3-5-pro'),
      isUnknownTo('universal-3-5-pro'),
      not(isUnknownTo('universal-2')),
    ),
    message: 'universal-3-5-pro does not know this language; AssemblyAI takes universal-2 instead.',
  },
  {
    name: 'language of assemblyai-stt-3-7',
    parameter: 'language_code',
    brokenBy: all(isOnlyModels('universal-2', 'universal-3-5-pro'), isUnknownTo('universal-2')),
    message: 'Only assemblyai-stt-3-7 supports this language. List it in speech_models.',
  },
  {
    name: 'key terms in a language of universal-2',
    parameter: 'keyterms_prompt',
    brokenBy: all(
      isSet('keyterms_prompt'),
      any(
        all(
          any(
            isDefaultModels,
            all(
              isModelListed('assemblyai-stt-3-7'),
              isModelListed('universal-2'),
              isOnlyModels(...knownModels),
            ),
          ),
          isUnknownTo('assemblyai-stt-3-7'),
        ),
        all(
          isModelListed('universal-3-5-pro'),
          isOnlyModels('universal-2', 'universal-3-5-pro'),
          isUnknownTo('universal-3-5-pro'),
          not(isUnknownTo('universal-2')),
        ),
      ),
    ),
    message:
      'universal-2 transcribes this language. It takes key terms for English only, so they are dropped.',
  },
];

const { shortest, longest } = termLimits['universal-2'];

const others: readonly Warning[] = [
  {
    name: 'short or long key terms',
    parameter: 'keyterms_prompt',
    brokenBy: all(
      isModelAlone('universal-2'),
      is(
        'keyterms_prompt',
        Type.Array(Type.Unknown(), {
          contains: Type.Union([
            Type.String({ maxLength: shortest - 1 }),
            Type.String({ minLength: longest + 1 }),
          ]),
        }),
      ),
    ),
    message: `universal-2 passes over key terms of fewer than ${shortest} or more than ${longest} characters.`,
  },
  {
    name: 'key terms in English',
    parameter: 'keyterms_prompt',
    brokenBy: all(isModelAlone('universal-2'), isSet('keyterms_prompt'), isOtherLanguage(englishes)),
    message: 'With universal-2, keyterms_prompt is for English.',
  },
  {
    name: 'long prompt',
    parameter: 'prompt',
    brokenBy: ({ prompt }) => typeof prompt === 'string' && prompt.split(/\s+/).length > 1500,
    message: 'prompt is longer than about 1500 words; the rest may not be read.',
  },
  {
    name: 'code switching of universal-2',
    parameter: 'language_detection_options.code_switching',
    brokenBy: all(
      isOn('language_detection_options.code_switching'),
      isSet('speech_models'),
      not(isModelListed('universal-2')),
    ),
    message: 'code_switching is used by universal-2 only, which speech_models does not name.',
  },
  {
    name: 'medical mode by language',
    parameter: 'domain',
    brokenBy: all(isSet('domain'), isOtherLanguage(medicalLanguages)),
    message: 'domain is for English, Spanish, German and French; in other languages it is passed over.',
  },
];

/** Rules about options that are sent as they are, but may not do what they seem to. */
export const warnings: readonly Rule[] = [
  ...companions.map(([parameter, needed, name]) => ({
    name: `${parameter} alone`,
    parameter,
    brokenBy: all(isSet(parameter), not(needed)),
    message: `${parameter.split('.').at(-1) ?? ''} does nothing without ${name}.`,
  })),
  ...contextual.map((parameter) => ({
    name: `${parameter} with universal-2`,
    parameter,
    brokenBy: all(isSet(parameter), isModelAlone('universal-2')),
    message: `${parameter} does nothing with universal-2; it is for assemblyai-stt-3-7.`,
  })),
  ...byLanguage.map(([parameter, known]) => ({
    name: `${parameter} by language`,
    parameter,
    brokenBy: all(isOn(parameter), isOtherLanguage(known)),
    message: `${parameter} is not known to work in the language of language_code: AssemblyAI may refuse it.`,
  })),
  ...aboutModels,
  ...others,
].map((rule) => ({ severity: 'warning', ...rule }));
