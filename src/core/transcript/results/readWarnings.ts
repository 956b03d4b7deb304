import { isJsonObject, readAmount, readObject, readText, type JsonObject } from '../../json';
import { missingResultWarnings } from './missingResults';
import { readUnderstanding } from './readResults';
import { serviceWarnings } from './serviceWarnings';

/**
 * The sentences that the user should read, each once: warnings of the service, features that failed, results that are
 * missing.
 */
export function readWarnings(body: JsonObject): string[] {
  const features = Object.entries(readUnderstanding(body).response);
  const told = [
    ...serviceWarnings(body),
    ...features.map(([name, result]) => statusWarning(name, readText(readObject(result)['status']))),
  ];
  const warnings = [
    ...told,
    ...missingResultWarnings(body, told),
    doubtfulLanguage(body),
    ...privacyWarnings(body),
  ];
  return [...new Set(warnings.filter((warning) => warning !== ''))];
}

function statusWarning(name: string, status: string): string {
  return status === '' || status === 'success' ? '' : readText(`${name.replaceAll('_', ' ')}: ${status}`);
}

/** The warning about a language that is more likely wrong than right. */
function doubtfulLanguage(body: JsonObject): string {
  const confidence = readAmount(body['language_confidence']);
  return body['language_detection'] === true && confidence !== null && confidence < 0.5
    ? `The language was found with little confidence (${Math.round(confidence * 100)}%).`
    : '';
}

/** The service redacts only what was said. Other results may still contain personal information. */
function privacyWarnings(body: JsonObject): string[] {
  if (body['redact_pii'] !== true) {
    return [];
  }
  const others = ['entities', 'summary', 'chapters', 'auto_highlights_result', 'translated_texts'];
  const { summarization, action_items: actionItems } = readUnderstanding(body).response;
  const mayShow = [...others.map((key) => body[key]), summarization, actionItems].some(isThere);
  const isKept = ['unredacted_text', 'unredacted_words', 'unredacted_utterances'].some((key) =>
    isThere(body[key]),
  );
  return [
    mayShow
      ? 'Personal information was redacted in what was said only; other sections may still show it.'
      : '',
    isKept ? 'The sidecar holds what was said without redaction as well.' : '',
  ];
}

function isThere(value: unknown): boolean {
  return Array.isArray(value) || typeof value === 'string' ? value.length > 0 : isJsonObject(value);
}
