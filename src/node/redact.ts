/** AssemblyAI's keys have 32 characters. What is shorter is a name for a local server, and a word of many texts. */
const shortestSecret = 8;

/** The text without the secret. Short ones stay: to take out `text` or `1` would spoil transcripts and hide nothing. */
export function redact(text: string, secret: string): string {
  return secret.length < shortestSecret ? text : text.replaceAll(secret, '[API key]');
}

const address = /\b(https?:\/\/)(?:[^\s/?#@"'<>]*@)?([^\s?#"'<>]*)(?:[?#][^\s"'<>]*)?/gi;

/** The text with addresses to their paths only: what stands before the host or behind the path may let others in. */
export function withBareAddresses(text: string): string {
  return text.replace(address, '$1$2');
}

/** Where a text ends with the beginning of the secret; its length where it does not. */
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
 * The same for a text that comes in pieces: what may be the beginning of the secret is held back until the next piece
 * tells.
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
