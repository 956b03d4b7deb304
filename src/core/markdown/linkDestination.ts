const httpAddress = /^(https?):\/\/(?:[^/?#]*@)?([^/?#@]+(?:[/?][^#]*)?)(?:#|$)/i;

/**
 * A web address as it can stand in Markdown and YAML: percent-encoded, without user name and password, and without its
 * fragment, where `timeLink` puts the time. Null for a link that is not a web address.
 */
export function webLink(link: string): string | null {
  // Browsers read a backslash as a slash, and that decides which host the address has.
  const [, scheme = '', rest = ''] = httpAddress.exec(link.replaceAll('\\', '/')) ?? [];
  const encoded = rest.replace(/%(?![\dA-Fa-f]{2})|~(?=~)|(?<=~)~|[^\w.~:/?&=+,@%-]/gu, percentEncoded);
  return rest === '' ? null : `${scheme.toLowerCase()}://${encoded}`;
}

/**
 * The destination of a Markdown link to a recording, encoded so that every tool reads the same file name. A `file:` URI
 * becomes `vscode://file/…`: VS Code's preview refuses `file:` in links
 * (https://github.com/microsoft/vscode/blob/main/extensions/markdown-language-features/src/markdownEngine.ts), and puts
 * the name of the product that it runs in, such as `vscode-insiders:`, in place of `vscode:`.
 *
 * @param link a web address, a `file:` URI, or a path with `/` that is not encoded
 */
export function linkDestination(link: string): string {
  const address = webLink(link);
  if (address !== null) {
    return address;
  }
  if (link.startsWith('file://')) {
    const place = link.slice('file://'.length).replace(/[^\w.:/%-]/gu, percentEncoded);
    return place.startsWith('/') ? `vscode://file${place}` : `vscode://file//${place}`;
  }
  // A tool that looks for pairs of `~~` first would strike through all that is between two links.
  const encoded = link.replace(/[^\w./-]/gu, percentEncoded);
  // A tool that decodes first would take the text before a colon for the scheme of a URL.
  return link.split('/', 1)[0]?.includes(':') === true ? `./${encoded}` : encoded;
}

/** One character as percent-encoded UTF-8; half a surrogate pair becomes U+FFFD. */
export function percentEncoded(character: string): string {
  const known = encodeURIComponent(/\p{Surrogate}/u.test(character) ? '\ufffd' : character);
  // `encodeURIComponent` leaves some punctuation that has a meaning in Markdown.
  return known.length > 1 ? known : `%${known.charCodeAt(0).toString(16).toUpperCase()}`;
}
