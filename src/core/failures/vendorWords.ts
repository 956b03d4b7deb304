import { withoutLinks } from '../plainMessage';

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

/**
 * What the body of an error says: AssemblyAI sends `{"error": "…"}`, sometimes `{"message": "…"}`.
 * Empty where it says nothing that is fit to be read.
 */
export function vendorWords(contentType: string, body: string): string {
  if (isWebPage(contentType, body)) {
    return '';
  }
  try {
    const json: unknown = JSON.parse(body);
    if (typeof json === 'object' && json !== null) {
      const words = 'error' in json ? json.error : 'message' in json ? json.message : '';
      return typeof words === 'string' ? oneLineOfWords(words) : '';
    }
  } catch {
    // Not JSON, so it is read as text.
  }
  return oneLineOfWords(body);
}
