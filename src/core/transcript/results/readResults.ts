import { readObject, readObjects, readText, readTexts, type JsonObject } from '../../json';
import {
  readContentWarnings,
  readEntities,
  readHighlights,
  readSentiments,
  readTopics,
} from './readFindings';
import {
  readActionItems,
  readBlockSummary,
  readChapters,
  readLegacySummary,
  readSummaryParts,
} from './readSummaries';
import { readTranslations, type ReadUtterance } from './readTranslations';
import type { Redaction, Results } from './results';

/** Request and response of `speech_understanding` in a transcript body; `{}` for what is missing. */
export function readUnderstanding(body: JsonObject): { request: JsonObject; response: JsonObject } {
  const { request, response } = readObject(body['speech_understanding']);
  return { request: readObject(request), response: readObject(response) };
}

/** Reads all results besides words and utterances. Never throws: a value of the wrong type counts as missing. */
export function readResults(body: JsonObject, said: readonly ReadUtterance[]): Results {
  const { response } = readUnderstanding(body);
  const summarization = readObject(response['summarization']);
  return {
    summary: [...readBlockSummary(summarization), ...readLegacySummary(body)],
    summaryParts: readSummaryParts(summarization),
    ...readActionItems(readObject(response['action_items'])),
    chapters: readChapters(body['chapters']),
    translations: readTranslations(body['translated_texts'], said),
    highlights: readHighlights(body['auto_highlights_result']),
    entities: readEntities(body['entities']),
    sentiments: readSentiments(body['sentiment_analysis_results']),
    topics: readTopics(body['iab_categories_result']),
    contentWarnings: readContentWarnings(body['content_safety_labels']),
    identifiedSpeakers: readMapping(readObject(response['speaker_identification'])['mapping']),
    redaction: readRedaction(body),
    languages: readLanguages(body),
    domain: readText(readObject(body['metadata'])['domain_used']) || null,
  };
}

function readMapping(value: unknown): ReadonlyMap<string, string> {
  const pairs = Object.entries(readObject(value)).map(
    ([label, name]) => [readText(label), readText(name)] as const,
  );
  return new Map(pairs.filter(([label, name]) => label !== '' && name !== ''));
}

function readRedaction(body: JsonObject): Redaction | null {
  const { redact_pii: isRedacted, redact_pii_policies: policies, redact_pii_sub: substitute } = body;
  return isRedacted === true
    ? { policies: readTexts(policies), substitute: readText(substitute) || 'hash' }
    : null;
}

/** The languages spoken. The documentation names the field `language_code`, AssemblyAI's own client `language`. */
function readLanguages(body: JsonObject): string[] {
  const switched = readObject(body['language_detection_results'])['code_switching_languages'];
  const detected = readObjects(switched).map(
    (item) => readText(item['language_code']) || readText(item['language']),
  );
  const given = readTexts(body['language_codes']);
  return [...new Set(given.length > 0 ? given : detected)].filter((language) => language !== '');
}
