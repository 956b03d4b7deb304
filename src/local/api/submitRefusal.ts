import { isJsonObject, readObjects, type JsonObject } from '../../core/transcript/json';

type ParameterType = 'Boolean' | 'String' | 'Number' | 'Array' | 'Object';

/** Parameters of `POST /v2/transcript` that AssemblyAI documents, by the JSON type of each. */
const parametersByType: Readonly<Record<ParameterType, readonly string[]>> = {
  Boolean: [
    ...['language_detection', 'multichannel', 'dual_channel', 'punctuate', 'format_text', 'disfluencies'],
    ...['filter_profanity', 'speaker_labels', 'auto_highlights', 'content_safety', 'iab_categories'],
    ...['sentiment_analysis', 'entity_detection', 'auto_chapters', 'summarization', 'custom_topics'],
    ...['redact_pii', 'redact_pii_audio', 'redact_pii_return_unredacted'],
  ],
  String: [
    ...['audio_url', 'language_code', 'prompt', 'remove_audio_tags', 'domain', 'boost_param'],
    ...['speech_model', 'summary_model', 'summary_type', 'redact_pii_sub', 'redact_pii_audio_quality'],
    ...['webhook_url', 'webhook_auth_header_name', 'webhook_auth_header_value'],
  ],
  Number: [
    ...['language_confidence_threshold', 'audio_start_from', 'audio_end_at', 'temperature'],
    ...['speech_threshold', 'speakers_expected', 'content_safety_confidence'],
  ],
  Array: [
    ...['speech_models', 'language_codes', 'keyterms_prompt', 'word_boost', 'custom_spelling', 'topics'],
    'redact_pii_policies',
  ],
  Object: [
    ...['language_detection_options', 'keyterms_prompt_options', 'speaker_options', 'speech_understanding'],
    ...['redact_pii_audio_options', 'redact_static_entities'],
  ],
};

const typeOfParameter: ReadonlyMap<string, string> = new Map(
  Object.entries(parametersByType).flatMap(([type, names]) => names.map((name) => [name, type] as const)),
);

interface Rule {
  readonly broken: (body: JsonObject) => boolean;
  readonly text: string;
}

const isMissing = (value: unknown): boolean => value === undefined || value === null;
const isShare = (value: unknown): boolean => Number(value) >= 0 && Number(value) <= 1;
const isCount = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 1;
const isMoment = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 0;

/** A rule about the value of one parameter, where it is given. */
const valueRule = (name: string, isGood: (value: unknown) => boolean, demand: string): Rule => ({
  broken: (body) => !isMissing(body[name]) && !isGood(body[name]),
  text: `${name} must be ${demand}`,
});

function isSpelling(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length === readObjects(value).length &&
    readObjects(value).every(
      ({ from, to }) =>
        typeof to === 'string' &&
        to !== '' &&
        !/\s/.test(to) &&
        Array.isArray(from) &&
        from.every((text) => typeof text === 'string'),
    )
  );
}

function isSpeakerRange(value: unknown): boolean {
  const { min_speakers_expected: min, max_speakers_expected: max } = value as JsonObject;
  return (
    (isMissing(min) || isCount(min)) && (isMissing(max) || (isCount(max) && Number(max) >= Number(min ?? 1)))
  );
}

/** Combinations and values that the API refuses. Texts of the first four are the API's own; of the others only the rule is known. */
const rules: readonly Rule[] = [
  {
    broken: (body) => !isMissing(body['language_code']) && body['language_detection'] === true,
    text: 'language_detection is not available when language_code is specified.',
  },
  {
    broken: (body) =>
      Array.isArray(body['speech_models']) && body['speech_models'].includes('universal-3-pro'),
    text: 'The "universal-3-pro" speech model(s) have been deprecated. Use speech_models: ["universal-3-5-pro", "universal-2"] instead.',
  },
  {
    broken: (body) => !isMissing(body['speech_model']),
    text: "speech_model is deprecated. Use 'speech_models' instead.",
  },
  {
    broken: (body) => body['summarization'] === true && body['auto_chapters'] === true,
    text: 'Only one of the following models can be enabled at a time: auto_chapters, summarization.',
  },
  {
    broken: (body) => !isMissing(body['speakers_expected']) && !isMissing(body['speaker_options']),
    text: 'speakers_expected cannot be used together with speaker_options.',
  },
  {
    broken: (body) => isMissing(body['summary_model']) !== isMissing(body['summary_type']),
    text: 'summary_model and summary_type must be set together.',
  },
  {
    broken: (body) => body['redact_pii'] === true && isMissing(body['redact_pii_policies']),
    text: 'redact_pii_policies must be set when redact_pii is enabled.',
  },
  {
    broken: (body) => body['redact_pii_audio'] === true && body['redact_pii'] !== true,
    text: 'redact_pii_audio needs redact_pii.',
  },
  {
    broken: (body) =>
      isMissing(body['webhook_auth_header_name']) !== isMissing(body['webhook_auth_header_value']),
    text: 'webhook_auth_header_name and webhook_auth_header_value must be set together.',
  },
  {
    broken: (body) => Number(body['audio_end_at'] ?? Infinity) <= Number(body['audio_start_from'] ?? 0),
    text: 'audio_end_at must be greater than audio_start_from.',
  },
  valueRule('audio_start_from', isMoment, 'a time in milliseconds'),
  valueRule('audio_end_at', isMoment, 'a time in milliseconds'),
  valueRule('language_confidence_threshold', isShare, 'between 0 and 1'),
  valueRule('speech_threshold', isShare, 'between 0 and 1'),
  valueRule('temperature', isShare, 'between 0 and 1'),
  valueRule('content_safety_confidence', (value) => Number(value) >= 25 && Number(value) <= 100, '25 to 100'),
  valueRule('speakers_expected', isCount, 'a number of speakers'),
  valueRule('speaker_options', isSpeakerRange, 'numbers of speakers, the largest not below the smallest'),
  valueRule('custom_spelling', isSpelling, 'a list of {"from": [texts], "to": one word}'),
];

function jsonType(value: unknown): string {
  if (Array.isArray(value)) {
    return 'Array';
  }
  const type = typeof value;
  return type.charAt(0).toUpperCase() + type.slice(1);
}

function wrongParameter(body: JsonObject): string | undefined {
  for (const [name, value] of Object.entries(body)) {
    const type = typeOfParameter.get(name);
    if (type === undefined) {
      // The published description forbids unknown keys; what the service itself does is not known.
      return `${name} is not a known parameter`;
    }
    if (!isMissing(value) && jsonType(value) !== type) {
      return `${name} must be ${type === 'Array' || type === 'Object' ? 'an' : 'a'} ${type}`;
    }
  }
  return undefined;
}

/** The text of the 400 that the API answers to this body, or undefined when it takes it. */
export function submitRefusal(body: unknown): string | undefined {
  if (!isJsonObject(body)) {
    return 'Invalid JSON body';
  }
  if (typeof body['audio_url'] !== 'string' || body['audio_url'] === '') {
    return 'audio_url is required';
  }
  return wrongParameter(body) ?? rules.find((rule) => rule.broken(body))?.text;
}
