import { isJsonObject, readObject, readObjects, readText, type JsonObject } from '../../../src/core/json';

const features: readonly string[] = [
  ...['speaker_identification', 'translation', 'custom_formatting', 'summarization', 'action_items'],
];

const list = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];

/** The features in a body's `speech_understanding.request`. */
export function understandingRequest(body: JsonObject): JsonObject {
  return readObject(readObject(body['speech_understanding'])['request']);
}

/** The error of a request; undefined for a valid one. */
export function understandingRefusals(body: JsonObject): string[] {
  const { speech_understanding: asked } = body;
  if (!isJsonObject(asked) || !isJsonObject(asked['request'])) {
    return ['speech_understanding.request is required'];
  }
  const names = Object.keys(asked['request']);
  const { speaker_identification: speakers, translation } = asked['request'];
  return [
    ...(names.length === 0 ? ['At least one feature is required'] : []),
    ...names.filter((name) => !features.includes(name)).map((name) => `${name} is not a known feature`),
    ...(isJsonObject(speakers) && !['name', 'role'].includes(String(speakers['speaker_type']))
      ? ['speaker_type must be name or role']
      : []),
    ...(isJsonObject(translation) && list(translation['target_languages']).length === 0
      ? ['target_languages is required']
      : []),
  ];
}

/** Names of the known people by label, in the order in which they speak. */
function names(request: JsonObject, transcript: JsonObject): Readonly<Record<string, string>> {
  const { known_values: values, speakers } = readObject(request['speaker_identification']);
  const known = [...list(values), ...readObjects(speakers).map(({ name, role }) => String(name ?? role))];
  const labels = [...new Set(readObjects(transcript['utterances']).map(({ speaker }) => String(speaker)))];
  return Object.fromEntries(
    labels.flatMap((label, index) => (known[index] === undefined ? [] : [[label, known[index]]])),
  );
}

/** Words or utterances with names instead of labels. */
export function renamed(
  spoken: unknown,
  mapping: Readonly<Record<string, string>> = {},
): readonly JsonObject[] {
  return readObjects(spoken).map((each) => ({
    ...each,
    speaker: mapping[String(each['speaker'])] ?? each['speaker'],
    ...(each['words'] === undefined ? {} : { words: renamed(each['words'], mapping) }),
  }));
}

/** The result of a request. */
interface UnderstandingAnswer {
  readonly response: JsonObject;
  /** Names by label, where speakers were to be identified. */
  readonly mapping: Readonly<Record<string, string>> | undefined;
  /** Translations by language code. */
  readonly translatedTexts: JsonObject;
}

/** Runs the requested features. A translation is the text after the language code in brackets. */
export function understandingAnswer(request: JsonObject, transcript: JsonObject): UnderstandingAnswer {
  const text = readText(transcript['text']);
  const first = readObjects(transcript['utterances'])[0] ?? {};
  const status = 'success';
  const mapping = 'speaker_identification' in request ? names(request, transcript) : undefined;
  const answers: Readonly<Record<string, JsonObject>> = {
    speaker_identification: { status, mapping },
    translation: { status },
    custom_formatting: { status, mapping: {}, formatted_text: text },
    summarization: {
      status,
      effort: 'low',
      summary_type: readObject(request['summarization'])['summary_type'] ?? 'paragraph',
      summary: [{ start: 0, end: 1000, headline: 'What it is about', text: text.slice(0, 60) }],
    },
    action_items: {
      status,
      effort: 'low',
      items: [
        { action_item: 'Do what was said', quote: first['text'] ?? text, timestamp: first['start'] ?? 0 },
      ],
    },
  };
  const languages = list(readObject(request['translation'])['target_languages']);
  return {
    response: Object.fromEntries(Object.entries(answers).filter(([name]) => name in request)),
    mapping,
    translatedTexts: Object.fromEntries(languages.map((language) => [language, `[${language}] ${text}`])),
  };
}

/** The response of `POST /v1/understanding`: the request, its results, and the changed fields of the transcript. */
export function understandingBody(body: JsonObject, transcript: JsonObject): JsonObject {
  const request = understandingRequest(body);
  const { response, mapping, translatedTexts } = understandingAnswer(request, transcript);
  const { words, utterances } = transcript;
  return {
    request_id: 'request-1',
    transcript_id: body['transcript_id'],
    speech_understanding: { request, response },
    ...(mapping === undefined
      ? {}
      : { utterances: renamed(utterances, mapping), words: renamed(words, mapping) }),
    ...(Object.keys(translatedTexts).length === 0 ? {} : { translated_texts: translatedTexts }),
  };
}
