import { oneLineWithoutTags } from '../text';
import { isJsonObject, readObject, type JsonObject } from '../json';

/** Whether an answer is a web page: what proxies, firewalls and hotels send, but AssemblyAI's API never. */
export function isWebPage(contentType: string, body: string): boolean {
  return /\bhtml\b/i.test(contentType) || /^\s*<(!doctype|html|head|body)\b/i.test(body);
}

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/**
 * The words in the JSON of an error: AssemblyAI's API sends `{"error": "…"}`, its LLM Gateway also
 * `{"message": "…", "metadata": {"errors": ["…"]}}`, and once had that as an object under `error`.
 */
function wordsOfJson(json: JsonObject): string {
  const { error, message, metadata } = isJsonObject(json['error']) ? json['error'] : json;
  const main = text(error) || text(message);
  const { errors } = readObject(metadata);
  const details = (Array.isArray(errors) ? errors : []).map(text);
  return [main, ...details.filter((detail) => detail !== '' && !main.includes(detail))]
    .filter((words) => words !== '')
    .join('; ');
}

/** What the body of an error says; empty where it says nothing that is fit to be read. */
export function errorText(contentType: string, body: string): string {
  if (isWebPage(contentType, body)) {
    return '';
  }
  try {
    const json: unknown = JSON.parse(body);
    if (typeof json === 'object' && json !== null) {
      return oneLineWithoutTags(wordsOfJson(readObject(json)));
    }
  } catch {
    // Not JSON, so it is read as text.
  }
  return oneLineWithoutTags(body);
}
