import { isJsonObject, readObject, readObjects, readText, type JsonObject } from '../../json';
import { readUnderstanding } from './readResults';
import { readTargetLanguages } from './readTranslations';

/** A feature of the API: its parameter, what people call it, and the field that its result comes in. */
type Feature = readonly [parameter: string, name: string, result: string];

const voices: readonly Feature[] = [
  ['speaker_labels', 'Speakers', 'utterances'],
  ['multichannel', 'Channels', 'utterances'],
];

const findings: readonly Feature[] = [
  ['auto_chapters', 'Chapters', 'chapters'],
  ['summarization', 'Summary', 'summary'],
  ['auto_highlights', 'Highlights', 'auto_highlights_result'],
  ['entity_detection', 'Entities', 'entities'],
  ['sentiment_analysis', 'Sentiment', 'sentiment_analysis_results'],
  ['iab_categories', 'Topics', 'iab_categories_result'],
  ['content_safety', 'Content warnings', 'content_safety_labels'],
];

/**
 * Sentences about what was asked for and did not come back: with language detection, the service leaves out what it
 * cannot do in the language that it finds, without a word. The body alone tells, since it repeats what was asked for.
 *
 * @param told what the user learns anyway; nothing is said twice
 */
export function missingResultWarnings(body: JsonObject, told: readonly string[]): string[] {
  const wasSomethingSaid =
    readText(body['text']) !== '' || hasUtterances(body) || readObjects(body['words']).length > 0;
  if (body['status'] !== 'completed' || !wasSomethingSaid) {
    return [];
  }
  const missing = [
    ...voices.filter(([parameter]) => body[parameter] === true && !hasUtterances(body)),
    ...findings.filter(([parameter, , result]) => body[parameter] === true && !cameBack(body[result])),
    ...missingUnderstanding(body),
    ...missingDomain(body),
  ];
  return missing
    .filter(([parameter]) => !told.some((warning) => mentions(warning, parameter)))
    .map(([, name]) => `${name}: asked for, but left out by the service.`);
}

/** An empty list may be all that there was to find. */
function cameBack(value: unknown): boolean {
  if (isJsonObject(value)) {
    const status = readText(value['status']);
    return status === '' ? Object.keys(value).length > 0 : status === 'success';
  }
  return Array.isArray(value) || readText(value) !== '';
}

/** Whoever speaks is somebody. */
function hasUtterances(body: JsonObject): boolean {
  return readObjects(body['utterances']).length > 0;
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

/** Into the language that was spoken, nothing is translated without force. */
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

/** Where the service tells which domain it was prepared for, none is an answer. */
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
