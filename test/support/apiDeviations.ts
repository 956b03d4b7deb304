import { omit, type JsonObject } from '../../src/core/json';
import { redactionPolicies } from '../../src/core/request/schema/redactionOptions';

/*
 * All in which Steno and the scripted server differ from AssemblyAI's published description on purpose. The description
 * (API 1.3.4) is of March 2026, and newer sources know more; docs/assemblyai.md says what changed until November 2026.
 * What a schema cannot show of that is in the scripted server (`server/models.ts`): default models by account, retired
 * models, warnings about models.
 */

/** Parameters that the description lacks. */
export const newerParameters: readonly string[] = [
  ...['boost_param', 'domain', 'dual_channel', 'keyterms_prompt_options', 'redact_pii_return_unredacted'],
  ...['redact_static_entities', 'word_boost'],
  ...['language_detection_model', 'localization', 'on_low_language_confidence', 'on_no_speech_detected']
    .concat('swiss_german')
    .map((name) => `language_detection_options.${name}`),
  ...['long_file_diarization_method', 'use_two_stage_clustering'].map((name) => `speaker_options.${name}`),
  ...[
    ...['action_items', 'summarization', 'custom_formatting.effort', 'custom_formatting.format_utterances'],
    ...['speaker_identification.effort', 'translation.effort', 'translation.force_translation'],
  ].map((name) => `speech_understanding.request.${name}`),
];

/** Languages that it lacks: one of the documentation, and those that only assemblyai-stt-3-7 has (November 2026). */
export const newerLanguages: readonly string[] = ['de_ch', 'yue', 'xh', 'zu'];

/** Values of parameters that it lacks. */
export const newerValues: readonly string[] = [
  ...newerLanguages,
  ...redactionPolicies.slice(redactionPolicies.indexOf('gender')),
];

/** Parameters that are in both and differ, with the reason. */
export const differentParameters: Readonly<Record<string, string>> = {
  audio_end_at: 'null is tolerated',
  audio_start_from: 'null is tolerated',
  custom_spelling: 'null is tolerated',
  language_code: 'codes are known, but others are sent as well',
  'language_codes[]': 'codes are known, but others are sent as well',
  'redact_pii_policies[]': 'the description lacks newer policies',
  remove_audio_tags: 'the description lacks "speaker"',
  'speech_understanding.request.translation.formal': 'the description’s default is out of date',
  'speaker_options.max_speakers_expected': 'less than one speaker makes no sense',
  'speaker_options.min_speakers_expected': 'less than one speaker makes no sense',
  speakers_expected: 'less than one speaker makes no sense',
  speech_models: 'the description has no default',
};

/** Fields of a transcript that it lacks, although it allows no others. */
const newerFields: readonly string[] = [
  // null, or what AssemblyAI says about models and languages.
  'metadata',
];

/** A transcript body as the description has it. */
export function asPublished(body: JsonObject): JsonObject {
  return omit(body, ...newerFields);
}
