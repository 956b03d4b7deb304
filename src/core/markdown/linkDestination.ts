const web = /^(https?):\/\/(?:[^/?#]*@)?([^/?#@]+(?:[/?][^#]*)?)(?:#|$)/i;

/**
 * The address on the web that a link is, fit for Markdown and YAML: without fragment, which is for times, and without
 * user and password. Null for any other link.
 */
export function webLink(link: string): string | null {
  // Browsers read a backslash so, and what they read decides which host it is.
  const [, scheme = '', rest = ''] = web.exec(link.replaceAll('\\', '/')) ?? [];
  const encoded = rest.replace(/%(?![\dA-Fa-f]{2})|[^\w.~:/?&=+,@%-]/gu, percentEncoded);
  return rest === '' ? null : `${scheme.toLowerCase()}://${encoded}`;
}

/** The link as the destination of a Markdown link, encoded so that every tool reads the same file name. */
export function linkDestination(link: string): string {
  const address = webLink(link);
  if (address !== null) {
    return address;
  }
  if (link.startsWith('file://')) {
    return link.replace(/[^\w.~:/%-]/gu, percentEncoded);
  }
  const encoded = link.replace(/[^\w.~/-]/gu, percentEncoded);
  // What stands before a colon would be the scheme of a URL, for a tool that decodes before it looks.
  return link.split('/', 1)[0]?.includes(':') === true ? `./${encoded}` : encoded;
}

/** One character as UTF-8 in percent notation, half a surrogate pair as U+FFFD. */
export function percentEncoded(character: string): string {
  const known = encodeURIComponent(/\p{Surrogate}/u.test(character) ? '\ufffd' : character);
  // Punctuation that encodeURIComponent leaves alone means something in Markdown.
  return known.length > 1 ? known : `%${known.charCodeAt(0).toString(16).toUpperCase()}`;
}
