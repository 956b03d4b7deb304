import { isJsonObject, readObject, readObjects, readText, type JsonObject } from '../../json';
import { readUnderstanding } from './readResults';
import { readTargetLanguages } from './readTranslations';

/** A feature of the API: its parameter, its name in sentences, and the field of its result. */
type Feature = readonly [parameter: string, name: string, result: string];

/** Features that tell speakers apart. */
const speakerFeatures: readonly Missing[] = [
  ['speaker_labels', 'Speakers'],
  ['multichannel', 'Channels'],
];

const features: readonly Feature[] = [
  ['auto_chapters', 'Chapters', 'chapters'],
  ['summarization', 'Summary', 'summary'],
  ['auto_highlights', 'Highlights', 'auto_highlights_result'],
  ['entity_detection', 'Entities', 'entities'],
  ['sentiment_analysis', 'Sentiment', 'sentiment_analysis_results'],
  ['iab_categories', 'Topics', 'iab_categories_result'],
  ['content_safety', 'Content warnings', 'content_safety_labels'],
];

/**
 * Sentences about results that were requested and are missing. With language detection, the service silently leaves out
 * what it cannot do in the language that it detects. The body is enough to find out, since it repeats the request.
 *
 * @param told warnings that the user gets anyway; a feature that one of them names gets no sentence
 */
export function missingResultWarnings(body: JsonObject, told: readonly string[]): string[] {
  const hasSpeech =
    readText(body['text']) !== '' || hasUtterances(body) || readObjects(body['words']).length > 0;
  if (body['status'] !== 'completed' || !hasSpeech) {
    return [];
  }
  const missing = [
    ...speakerFeatures.filter(([parameter]) => body[parameter] === true && !hasSpeakers(body)),
    ...features.filter(([parameter, , result]) => body[parameter] === true && !isPresent(body[result])),
    ...missingUnderstanding(body),
    ...missingDomain(body),
  ];
  return missing
    .filter(([parameter]) => !told.some((warning) => mentions(warning, parameter)))
    .map(([, name]) => `${name}: asked for, but left out by the service.`);
}

/** Whether a result is there. An empty list counts, since there may have been nothing to find. */
function isPresent(value: unknown): boolean {
  if (isJsonObject(value)) {
    const status = readText(value['status']);
    return status === '' ? Object.keys(value).length > 0 : status === 'success';
  }
  return Array.isArray(value) || readText(value) !== '';
}

function hasUtterances(body: JsonObject): boolean {
  return readObjects(body['utterances']).length > 0;
}

/** Whether speakers are told apart. Speech always has some, so an empty list of utterances does not count. */
function hasSpeakers(body: JsonObject): boolean {
  return (
    hasUtterances(body) ||
    readObjects(body['words']).some(({ speaker, channel }) => isLabel(speaker) || isLabel(channel))
  );
}

function isLabel(value: unknown): boolean {
  return typeof value === 'number' || readText(value) !== '';
}

type Missing = readonly [parameter: string, name: string];

function missingUnderstanding(body: JsonObject): Missing[] {
  const { request, response } = readUnderstanding(body);
  const asked = Object.keys(request).filter((feature) => feature !== 'translation' && !(feature in response));
  return [
    ...asked.map((feature): Missing => [feature, capitalised(readText(feature).replaceAll('_', ' '))]),
    ...missingLanguages(body, readTargetLanguages(request)),
  ];
}

/** The languages without a translation. The service does not translate into the language that was spoken. */
function missingLanguages(body: JsonObject, targets: readonly string[]): Missing[] {
  if (targets.length === 0) {
    return [];
  }
  const spoken = baseOf(readText(body['language_code']));
  const places = [body, ...readObjects(body['utterances'])].map((place) =>
    readObject(place['translated_texts']),
  );
  return targets
    .filter((language) => baseOf(language) !== spoken && !places.some((texts) => language in texts))
    .map((language) => ['translation', `Translation into ${language}`]);
}

/** `de` of `de_ch` */
function baseOf(language: string): string {
  return language.split(/[_-]/, 1)[0]?.toLowerCase() ?? '';
}

/** The domain that was not used: a service that tells which one it used says null. */
function missingDomain(body: JsonObject): Missing[] {
  const domain = readText(body['domain']);
  const { domain_used: used } = readObject(body['metadata']);
  return domain !== '' && used === null ? [[baseOf(domain), `Domain ${domain}`]] : [];
}

function mentions(warning: string, parameter: string): boolean {
  return warning.toLowerCase().replaceAll('_', ' ').includes(parameter.toLowerCase().replaceAll('_', ' '));
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
