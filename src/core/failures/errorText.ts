import { isJsonObject, readObject, type JsonObject } from '../json';
import { parseJson } from '../parseJson';
import { oneLineWithoutTags } from '../text';

/**
 * Whether a response is a web page. Proxies, firewalls and login pages of networks send these, AssemblyAI's API never
 * does.
 */
export function isWebPage(contentType: string, body: string): boolean {
  return /\bhtml\b/i.test(contentType) || /^\s*<(!doctype|html|head|body)\b/i.test(body);
}

const trimmed = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/**
 * The text in the JSON of an error: AssemblyAI's API sends `{"error": "…"}`. Its LLM Gateway also sends
 * `{"message": "…", "metadata": {"errors": ["…"]}}`, and used to send that as an object under `error`.
 */
function textOfJson(json: JsonObject): string {
  const { error, message, metadata } = isJsonObject(json['error']) ? json['error'] : json;
  const main = trimmed(error) || trimmed(message);
  const { errors } = readObject(metadata);
  const details = (Array.isArray(errors) ? errors : []).map(trimmed);
  return [main, ...details.filter((detail) => detail !== '' && !main.includes(detail))]
    .filter((part) => part !== '')
    .join('; ');
}

/** The text in the body of an error response, on one line; '' for a web page or JSON without a text. */
export function errorText(contentType: string, body: string): string {
  if (isWebPage(contentType, body)) {
    return '';
  }
  try {
    const json: unknown = parseJson(body);
    if (typeof json === 'object' && json !== null) {
      return oneLineWithoutTags(textOfJson(readObject(json)));
    }
  } catch {
    // Not JSON, so it is read as text.
  }
  return oneLineWithoutTags(body);
}
