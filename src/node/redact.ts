import { isJsonObject } from '../core/json';

/** AssemblyAI's keys have 32 characters. A shorter one is made up for a local server, and may occur in any text. */
const shortestSecret = 8;

/** The text without the secret. Short secrets stay: removing `text` or `1` would spoil transcripts and hide nothing. */
export function redact(text: string, secret: string): string {
  return secret.length < shortestSecret ? text : text.replaceAll(secret, '[API key]');
}

/**
 * Redacts all strings of a value that `parseJson` made: escapes may have hidden the secret in the text.
 *
 * @param text the JSON
 * @returns the value itself where the text has no escapes
 */
export function redactJson(value: unknown, text: string, secret: string): unknown {
  return secret.length < shortestSecret || !text.includes('\\') ? value : redacted(value, secret);
}

function redacted(value: unknown, secret: string): unknown {
  if (typeof value === 'string') {
    return redact(value, secret);
  }
  if (Array.isArray(value)) {
    return value.map((item) => redacted(item, secret));
  }
  return isJsonObject(value)
    ? Object.fromEntries(
        Object.entries(value).map(([name, inner]) => [redact(name, secret), redacted(inner, secret)]),
      )
    : value;
}

const address = /\bhttps?:\/\/[^\s"'<>]*/gi;

/** The text with its web addresses cut down to host and path: the user name, query and fragment may be secret. */
export function withBareAddresses(text: string): string {
  return text.replace(address, (found) => {
    const [plain = ''] = found.split(/[?#]/, 1);
    const start = plain.indexOf('//') + 2;
    const path = plain.indexOf('/', start);
    const authority = plain.slice(start, path === -1 ? undefined : path);
    return plain.slice(0, start) + plain.slice(start + authority.lastIndexOf('@') + 1);
  });
}

/** Where the beginning of the secret starts that a text ends with; the length of the text where there is none. */
function startOfSecret(text: string, secret: string): number {
  const earliest = Math.max(0, text.length - secret.length + 1);
  for (
    let at = text.indexOf(secret.charAt(0), earliest);
    at !== -1;
    at = text.indexOf(secret.charAt(0), at + 1)
  ) {
    if (secret.startsWith(text.slice(at))) {
      return at;
    }
  }
  return text.length;
}

/**
 * Redacts a text that comes in pieces. Holds back what may be the beginning of the secret until the next piece comes.
 */
export async function* redactPieces(
  pieces: AsyncIterable<string>,
  secret: string,
): AsyncGenerator<string, void, void> {
  if (secret.length < shortestSecret) {
    yield* pieces;
    return;
  }
  let held = '';
  for await (const piece of pieces) {
    const text = redact(held + piece, secret);
    const end = startOfSecret(text, secret);
    held = text.slice(end);
    if (end > 0) {
      yield text.slice(0, end);
    }
  }
  if (held !== '') {
    yield held;
  }
}
