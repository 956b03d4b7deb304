import { withoutLinks } from '../plainMessage';
import { isJsonObject, readObject, type JsonObject } from '../transcript/json';

const longestWords = 200;

/** A text on one line, without control characters and links, cut at a length that fits a message. */
export function oneLine(text: string, longest = longestWords): string {
  const unlinked = withoutLinks(text.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim());
  return unlinked.length <= longest ? unlinked : `${unlinked.slice(0, longest - 1).trimEnd()}…`;
}

/** The words of a server, on one line and without markup. */
export function oneLineOfWords(text: string, longest = longestWords): string {
  const plain = text
    .replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(/<[a-z!/][^>]*(>|$)/gi, ' ');
  return oneLine(plain, longest);
}

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
export function vendorWords(contentType: string, body: string): string {
  if (isWebPage(contentType, body)) {
    return '';
  }
  try {
    const json: unknown = JSON.parse(body);
    if (typeof json === 'object' && json !== null) {
      return oneLineOfWords(wordsOfJson(readObject(json)));
    }
  } catch {
    // Not JSON, so it is read as text.
  }
  return oneLineOfWords(body);
}
