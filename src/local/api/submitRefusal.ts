import { isJsonObject, readObject, readObjects, type JsonObject } from '../../core/json';

type ParameterType = 'Boolean' | 'String' | 'Number' | 'Array' | 'Object';

/** The parameters of `POST /v2/transcript` that AssemblyAI documents, by their JSON types. */
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

/** The documented values of `redact_pii_policies`. */
const policies = new Set([
  ...['account_number', 'banking_information', 'blood_type', 'credit_card_cvv', 'credit_card_expiration'],
  ...['credit_card_number', 'date', 'date_interval', 'date_of_birth', 'drivers_license', 'drug', 'duration'],
  ...['email_address', 'event', 'filename', 'gender_sexuality', 'healthcare_number', 'injury', 'ip_address'],
  ...['language', 'location', 'marital_status', 'medical_condition', 'medical_process', 'money_amount'],
  ...['nationality', 'number_sequence', 'occupation', 'organization', 'passport_number', 'password'],
  ...['person_age', 'person_name', 'phone_number', 'physical_attribute', 'political_affiliation', 'religion'],
  ...['statistics', 'time', 'url', 'us_social_security_number', 'username', 'vehicle_id', 'zodiac_sign'],
  ...['gender', 'sexuality', 'location_address', 'location_address_street', 'location_city'],
  ...['location_coordinate', 'location_country', 'location_state', 'location_zip'],
  ...['organization_medical_facility', 'corporate_action', 'day', 'effect', 'financial_metric'],
  ...['medical_code', 'month', 'organization_id', 'product', 'project', 'trend', 'year'],
]);

/** Speech models that AssemblyAI no longer offers. */
export const retiredModels: readonly string[] = ['universal-3-pro', 'slam-1', 'nano', 'best', 'universal'];

interface Rule {
  /** Whether a submit breaks the rule. */
  readonly broken: (body: JsonObject) => boolean;
  /** The error text for it. */
  readonly text: string;
}

const isMissing = (value: unknown): boolean => value === undefined || value === null;
const isShare = (value: unknown): boolean => Number(value) >= 0 && Number(value) <= 1;
const isCount = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 1;
const isMoment = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 0;

/** A rule about the value of one parameter, if it is given. */
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

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const isUniversal2Alone = ({ speech_models: models }: JsonObject): boolean =>
  listOf(models).length > 0 && listOf(models).every((model) => model === 'universal-2');

const retiredOf = ({ speech_models: models }: JsonObject): readonly string[] =>
  retiredModels.filter((model) => listOf(models).includes(model));

const understandingOf = (body: JsonObject, feature: string): JsonObject =>
  readObject(readObject(readObject(body['speech_understanding'])['request'])[feature]);

function lacksRoles({ speaker_type: type, known_values: values, speakers }: JsonObject): boolean {
  return type === 'role' && listOf(values).length === 0 && listOf(speakers).length === 0;
}

function isWrongSummary({ summary_model: model, summary_type: type }: JsonObject): boolean {
  return model === 'catchy' ? type !== 'headline' && type !== 'gist' : type === 'gist';
}

/** The regional forms that can be asked for. */
const localForms: readonly unknown[] = ['en_au', 'en_uk'];

const localizationOf = (body: JsonObject): unknown =>
  readObject(body['language_detection_options'])['localization'];

const unavailable = 'The following models are not available in this language:';

/** What the API refuses, with its own error texts. */
const knownRefusals: readonly Rule[] = [
  {
    broken: (body) => !isMissing(body['language_code']) && body['language_detection'] === true,
    text: 'language_detection is not available when language_code is specified.',
  },
  ...retiredModels.map((model) => ({
    broken: (body: JsonObject) => retiredOf(body)[0] === model,
    text: `The "${model}" speech model(s) have been deprecated. Use speech_models: ["assemblyai-stt-3-7", "universal-2"] instead.`,
  })),
  {
    broken: (body) => !isMissing(body['speech_model']),
    text: "speech_model is deprecated. Use 'speech_models' instead.",
  },
  {
    broken: (body) => body['summarization'] === true && body['auto_chapters'] === true,
    text: 'Only one of the following models can be enabled at a time: auto_chapters, summarization.',
  },
  {
    broken: (body) => !isMissing(body['word_boost']) && !isUniversal2Alone(body),
    text: '"word_boost" is not compatible with assemblyai-stt-3-7. Use "prompt" or "keyterms_prompt" instead.',
  },
  {
    broken: (body) => body['language_code'] === 'de_ch' && body['speaker_labels'] === true,
    text: `${unavailable} speaker_labels`,
  },
];

/** Combinations that the API refuses. Its own error texts are not known. */
const refusals: readonly Rule[] = [
  {
    broken: (body) => listOf(body['keyterms_prompt']).length > (isUniversal2Alone(body) ? 200 : 1000),
    text: 'keyterms_prompt has too many terms.',
  },
  {
    broken: (body) =>
      listOf(body['keyterms_prompt']).some((term) => String(term).trim().split(/\s+/).length > 6),
    text: 'keyterms_prompt must have at most 6 words in each term.',
  },
  {
    broken: (body) =>
      body['speaker_labels'] !== true &&
      (!isMissing(body['speakers_expected']) || !isMissing(body['speaker_options'])),
    text: 'speakers_expected and speaker_options need speaker_labels.',
  },
  {
    broken: (body) => body['speaker_labels'] === true && body['punctuate'] === false,
    text: 'speaker_labels needs punctuate.',
  },
  {
    broken: (body) => body['sentiment_analysis'] === true && body['punctuate'] === false,
    text: 'sentiment_analysis needs punctuate.',
  },
  {
    broken: (body) =>
      (body['summarization'] === true && (body['punctuate'] === false || body['format_text'] === false)) ||
      (body['auto_chapters'] === true && body['punctuate'] === false),
    text: 'summarization and auto_chapters need punctuate and format_text.',
  },
  {
    broken: (body) =>
      body['speaker_labels'] !== true &&
      (understandingOf(body, 'translation')['match_original_utterance'] === true ||
        Object.keys(understandingOf(body, 'speaker_identification')).length > 0),
    text: 'speaker_identification and match_original_utterance need speaker_labels.',
  },
  {
    broken: (body) => lacksRoles(understandingOf(body, 'speaker_identification')),
    text: 'speaker_identification by role needs known_values or speakers.',
  },
  {
    broken: (body) => !isMissing(body['summary_type']) && isWrongSummary(body),
    text: 'summary_type is not available with this summary_model.',
  },
  {
    broken: (body) =>
      body['summary_model'] === 'conversational' &&
      body['speaker_labels'] !== true &&
      body['multichannel'] !== true,
    text: 'summary_model conversational needs speaker_labels or multichannel.',
  },
  {
    broken: (body) => !listOf(body['redact_pii_policies']).every((policy) => policies.has(String(policy))),
    text: 'redact_pii_policies must be policies that are known.',
  },
  {
    broken: (body) => body['redact_pii'] === true && body['format_text'] === false,
    text: 'redact_pii needs format_text.',
  },
  {
    broken: (body) => !isMissing(body['redact_static_entities']) && body['redact_pii'] !== true,
    text: 'redact_static_entities needs redact_pii.',
  },
  {
    broken: (body) => {
      const { on_no_speech_detected: reaction, fallback_language: fallback = 'auto' } = readObject(
        body['language_detection_options'],
      );
      return reaction === 'fallback' && fallback === 'auto';
    },
    text: 'on_no_speech_detected fallback needs a fallback_language other than auto.',
  },
  {
    broken: (body) => {
      const forms = localizationOf(body);
      return !isMissing(forms) && !(Array.isArray(forms) && forms.every((form) => localForms.includes(form)));
    },
    text: 'localization must be a list of en_au or en_uk.',
  },
  {
    broken: (body) => listOf(localizationOf(body)).length > 1,
    text: 'localization must have at most one form of each language.',
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
    broken: (body) => body['redact_pii'] === true && listOf(body['redact_pii_policies']).length === 0,
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
];

/** Values that the API refuses. Its own error texts are not known. */
const valueRules: readonly Rule[] = [
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
      // AssemblyAI's OpenAPI description forbids unknown keys. What the service replies to them is not known.
      return `${name} is not a known parameter`;
    }
    if (!isMissing(value) && jsonType(value) !== type) {
      return `${name} must be ${type === 'Array' || type === 'Object' ? 'an' : 'a'} ${type}`;
    }
  }
  return undefined;
}

/**
 * Checks the body of a submit against the rules of AssemblyAI's API.
 *
 * @returns the error text of the 400 reply; undefined if the API accepts the body
 */
export function submitRefusal(body: unknown): string | undefined {
  if (!isJsonObject(body)) {
    return 'Invalid JSON body';
  }
  if (typeof body['audio_url'] !== 'string' || body['audio_url'] === '') {
    return 'audio_url is required';
  }
  return (
    wrongParameter(body) ??
    [...knownRefusals, ...valueRules, ...refusals].find((rule) => rule.broken(body))?.text
  );
}
