import type { Json } from './bodies';

/** Parameters of `POST /v2/transcript` that AssemblyAI documents, with the JSON type of each. */
const parameterTypes: Readonly<Record<string, 'Boolean' | 'String' | 'Number' | 'Array' | 'Object'>> = {
  ...{ audio_url: 'String', speech_models: 'Array', language_code: 'String', language_codes: 'Array' },
  ...{
    language_detection: 'Boolean',
    language_confidence_threshold: 'Number',
    language_detection_options: 'Object',
  },
  ...{ audio_start_from: 'Number', audio_end_at: 'Number', multichannel: 'Boolean' },
  ...{ prompt: 'String', keyterms_prompt: 'Array', temperature: 'Number', remove_audio_tags: 'String' },
  ...{ domain: 'String', punctuate: 'Boolean', format_text: 'Boolean', disfluencies: 'Boolean' },
  ...{ filter_profanity: 'Boolean', custom_spelling: 'Array', speech_threshold: 'Number' },
  ...{ speaker_labels: 'Boolean', speakers_expected: 'Number', speaker_options: 'Object' },
  ...{ auto_highlights: 'Boolean', content_safety: 'Boolean', content_safety_confidence: 'Number' },
  ...{ iab_categories: 'Boolean', sentiment_analysis: 'Boolean', entity_detection: 'Boolean' },
  ...{ auto_chapters: 'Boolean', summarization: 'Boolean', summary_model: 'String', summary_type: 'String' },
  ...{
    redact_pii: 'Boolean',
    redact_pii_policies: 'Array',
    redact_pii_sub: 'String',
    redact_pii_audio: 'Boolean',
  },
  ...{ redact_pii_audio_quality: 'String', redact_pii_audio_options: 'Object' },
  ...{ speech_understanding: 'Object', webhook_url: 'String' },
  ...{ webhook_auth_header_name: 'String', webhook_auth_header_value: 'String' },
};

interface Rule {
  readonly broken: (body: Json) => boolean;
  readonly text: string;
}

const isMissing = (value: unknown): boolean => value === undefined || value === null;

/** Combinations that the API refuses. Texts of the first four are the API's own; of the others only the rule is known. */
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
    broken: (body) => body['redact_pii'] === true && isMissing(body['redact_pii_policies']),
    text: 'redact_pii_policies must be set when redact_pii is enabled.',
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

function jsonType(value: unknown): string {
  if (Array.isArray(value)) {
    return 'Array';
  }
  const type = typeof value;
  return type.charAt(0).toUpperCase() + type.slice(1);
}

function wrongParameter(body: Json): string | undefined {
  for (const [name, value] of Object.entries(body)) {
    const type = parameterTypes[name];
    if (type === undefined) {
      // The published specification forbids unknown keys; refusing them here keeps the client from sending any.
      return `${name} is not a known parameter`;
    }
    if (!isMissing(value) && jsonType(value) !== type) {
      return `${name} must be ${type === 'Array' || type === 'Object' ? 'an' : 'a'} ${type}`;
    }
  }
  return undefined;
}

/** The text of the 400 that the API answers to this body, or undefined when it takes it. */
export function refusalOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return 'Invalid JSON body';
  }
  const fields = body as Json;
  if (typeof fields['audio_url'] !== 'string' || fields['audio_url'] === '') {
    return 'audio_url is required';
  }
  return rules.find((rule) => rule.broken(fields))?.text ?? wrongParameter(fields);
}
