import { readObject, readObjects, readText, type JsonObject } from '../../../src/core/json';
import { renamed, understandingAnswer, understandingRequest } from './understanding';

interface Feature {
  /** Parameter of the submit; only if it is true, there are results. */
  readonly parameter: string;
  readonly results: readonly string[];
  /** Languages in which the feature works; all by default. */
  readonly languages?: readonly string[];
}

const english: readonly string[] = ['en'];
const six: readonly string[] = ['en', 'es', 'fr', 'de', 'it', 'pt'];

const features: readonly Feature[] = [
  { parameter: 'auto_highlights', results: ['auto_highlights_result'], languages: english },
  { parameter: 'sentiment_analysis', results: ['sentiment_analysis_results'], languages: english },
  { parameter: 'iab_categories', results: ['iab_categories_result'], languages: six },
  { parameter: 'content_safety', results: ['content_safety_labels'], languages: six },
  { parameter: 'entity_detection', results: ['entities'] },
  { parameter: 'auto_chapters', results: ['chapters'] },
  { parameter: 'summarization', results: ['summary', 'summary_type', 'summary_model'] },
  { parameter: 'multichannel', results: ['audio_channels'] },
  { parameter: 'language_detection', results: ['language_confidence', 'language_detection_results'] },
  {
    parameter: 'redact_pii_return_unredacted',
    results: ['unredacted_text', 'unredacted_words', 'unredacted_utterances'],
  },
];

const knows = ({ languages }: Feature, language: string): boolean =>
  languages?.includes(language.split(/[_-]/)[0] ?? '') ?? true;

/** Requested features that the named language does not have. With detection, they are left out without an error. */
export function featuresBeyondLanguage(parameters: JsonObject): string[] {
  const { language_code: language } = parameters;
  return typeof language !== 'string'
    ? []
    : features
        .filter((feature) => parameters[feature.parameter] === true && !knows(feature, language))
        .map(({ parameter }) => parameter);
}

/** Results without the fields of features. */
export function withoutFeatures(body: JsonObject): JsonObject {
  const gone = new Set([
    ...features.flatMap(({ results }) => results),
    'speech_understanding',
    'translated_texts',
  ]);
  return Object.fromEntries(Object.entries(body).filter(([name]) => !gone.has(name)));
}

function without(names: readonly string[], spoken: unknown): readonly JsonObject[] {
  return readObjects(spoken).map((each) =>
    Object.fromEntries(Object.entries(each).filter(([name]) => !names.includes(name))),
  );
}

/** Speakers as requested: by label, by channel, or none. */
function voices(parameters: JsonObject, { words, utterances }: JsonObject): JsonObject {
  if (parameters['speaker_labels'] !== true && parameters['multichannel'] !== true) {
    return { words: readObjects(words).map((word) => ({ ...word, speaker: null })), utterances: null };
  }
  const { match_original_utterance: isTranslated } = readObject(
    understandingRequest(parameters)['translation'],
  );
  return {
    words,
    utterances: isTranslated === true ? utterances : without(['translated_texts'], utterances),
  };
}

/** The requested results, with those of language models. */
export function resultsFor(parameters: JsonObject, results: JsonObject): JsonObject {
  const language = readText(parameters['language_code'] ?? results['language_code']) || 'en';
  const gone = features.filter(
    (feature) => parameters[feature.parameter] !== true || !knows(feature, language),
  );
  const names = new Set([
    'translated_texts',
    'speech_understanding',
    ...gone.flatMap((each) => each.results),
  ]);
  const asked = Object.fromEntries(Object.entries(results).filter(([name]) => !names.has(name)));
  const spoken = {
    ...asked,
    ...(Array.isArray(results['words']) ? voices(parameters, results) : {}),
    ...(parameters['language_code'] === undefined ? {} : { language_code: language }),
  };
  return { ...spoken, ...understood(parameters, { ...results, ...spoken }) };
}

/** The results of language models: those that the test has, otherwise made-up ones. */
function understood(parameters: JsonObject, results: JsonObject): JsonObject {
  const request = understandingRequest(parameters);
  if (Object.keys(request).length === 0) {
    return {};
  }
  const known = readObject(readObject(results['speech_understanding'])['response']);
  const made = understandingAnswer(request, results);
  const response = Object.fromEntries(
    Object.entries(made.response).map(([name, answer]) => [name, known[name] ?? answer]),
  );
  const isRenamed = known['speaker_identification'] === undefined && made.mapping !== undefined;
  const texts = { ...made.translatedTexts };
  for (const [language, text] of Object.entries(readObject(results['translated_texts']))) {
    if (language in texts) {
      texts[language] = text;
    }
  }
  return {
    speech_understanding: { request, response },
    ...(isRenamed
      ? {
          words: renamed(results['words'], made.mapping),
          utterances: renamed(results['utterances'], made.mapping),
        }
      : {}),
    ...(Object.keys(texts).length === 0 ? {} : { translated_texts: texts }),
  };
}
