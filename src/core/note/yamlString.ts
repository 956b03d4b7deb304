import { parseDocument } from 'yaml';

const harmless = /^[\p{L}\p{N}.](?:[\p{L}\p{M}\p{N} ._'()/-]*[\p{L}\p{M}\p{N}._'()/-])?$/u;
// Breaks or invisible marks for one reader of YAML or another, or misleading for people.
const hidden = /[\x7f-\xa0\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g;

// Looks like a Markdown link or HTML to an editor that does not know where front matter ends.
const misleading = /(?<=\])\(|<(?=[a-z/!?])/gi;

/** A string as YAML on one line, as value or key: plain if every reader takes it for that string, else quoted. */
export function yamlString(text: string): string {
  return harmless.test(text) && readsAs(text, '1.2') && readsAs(text, '1.1') ? text : quoted(text);
}

/** YAML 1.1, which many tools still read, takes `no`, `1_000` and `1:20` for something else; 1.2 does `1e3`. */
function readsAs(text: string, version: '1.1' | '1.2'): boolean {
  const document = parseDocument(`key: ${text}`, { version, logLevel: 'silent' });
  return document.errors.length === 0 && document.get('key') === text;
}

/** A JSON string is one in YAML, too. */
function quoted(text: string): string {
  const wellFormed = text.replace(/\p{Surrogate}/gu, '\ufffd');
  return JSON.stringify(wellFormed).replace(hidden, unicodeEscape).replace(misleading, unicodeEscape);
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
