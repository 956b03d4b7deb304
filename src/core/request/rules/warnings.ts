import { Type } from '@sinclair/typebox';
import {
  contentLanguages,
  contextualLanguages,
  englishes,
  entityLanguages,
  languages,
  medicalLanguages,
  profanityLanguages,
} from '../schema/languages';
import { termLimits } from '../schema/speechModels';
import { all, is, isModelAlone, isOn, isOneOf, isSet, not, type Condition } from './conditions';
import type { Rule } from './rule';

type Warning = Omit<Rule, 'severity'>;

/** `language_code` names a known language that is not one of these. */
const isOtherLanguage = (known: readonly string[]): Condition =>
  isOneOf('language_code', ...[...languages.keys()].filter((code) => !known.includes(code)));

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
      not(is('speech_models', Type.Array(Type.Unknown(), { contains: Type.Literal('universal-2') }))),
    ),
    message: 'code_switching is used by universal-2 only, which speech_models does not name.',
  },
  {
    name: 'language of another model',
    parameter: 'language_code',
    brokenBy: all(isModelAlone('universal-3-5-pro'), isOtherLanguage([...contextualLanguages, ...englishes])),
    message: 'universal-3-5-pro does not know this language; AssemblyAI takes universal-2 instead.',
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
    message: `${parameter} does nothing with universal-2; it is for universal-3-5-pro.`,
  })),
  ...byLanguage.map(([parameter, known]) => ({
    name: `${parameter} by language`,
    parameter,
    brokenBy: all(isOn(parameter), isOtherLanguage(known)),
    message: `${parameter} is not known to work in the language of language_code: AssemblyAI may refuse it.`,
  })),
  ...others,
].map((rule) => ({ severity: 'warning', ...rule }));
