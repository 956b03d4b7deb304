import { isJsonObject, readObject, readObjects, type JsonObject } from '../json';
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
 * `{"message": "…", "metadata": {"errors": ["…"]}}`, and used to send that as an object under `error`. Companies' own gateways
 * often send `detail`: a text, or what is wrong with each field (FastAPI), or beside a `title` (RFC 9457).
 */
function textOfJson(json: JsonObject): string {
  const { error, message, detail, title, metadata } = isJsonObject(json['error']) ? json['error'] : json;
  const main = trimmed(error) || trimmed(message) || textOfDetail(detail) || trimmed(title);
  const { errors } = readObject(metadata);
  const details = (Array.isArray(errors) ? errors : []).map(trimmed);
  return [main, ...details.filter((detail) => detail !== '' && !main.includes(detail))]
    .filter((part) => part !== '')
    .join('; ');
}

/** More than a few details say the same of many fields. */
const maxDetails = 5;

/** The text of a `detail`: `[{"loc": ["body", "speech_model"], "msg": "…"}]` is `body.speech_model: …`. */
function textOfDetail(detail: unknown): string {
  if (isJsonObject(detail)) {
    return trimmed(detail['message']) || trimmed(detail['msg']) || trimmed(detail['error']);
  }
  const parts = readObjects(detail).slice(0, maxDetails);
  return (
    trimmed(detail) ||
    parts
      .map(({ loc, msg }) => [Array.isArray(loc) ? loc.slice(0, maxDetails).join('.') : '', trimmed(msg)])
      .map((words) => words.filter((word) => word !== '').join(': '))
      .join('; ')
  );
}

/** The message of a failure for a response in which there is no text of the service, such as a web page. */
export function wordlessMessage(status: number | undefined): string {
  return `HTTP ${status} without words`;
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
