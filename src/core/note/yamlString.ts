import { parseDocument } from 'yaml';

const harmless = /^[\p{L}\p{N}.](?:[\p{L}\p{M}\p{N} ._'()/-]*[\p{L}\p{M}\p{N}._'()/-])?$/u;
// Line breaks for some YAML parsers, invisible characters, and characters that can mislead people.
const hidden = /[\x7f-\xa0\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g;

// Looks like a Markdown link or HTML to a tool that does not know front matter.
const misleading = /(?<=\])\(|<(?=[a-z/!?])/gi;

/** A string as a YAML value or key on one line: plain where every parser reads that string, otherwise quoted. */
export function yamlString(text: string): string {
  return harmless.test(text) && readsAs(text, '1.2') && readsAs(text, '1.1') ? text : quoted(text);
}

/**
 * Whether a version of YAML reads plain text as this string. YAML 1.1, which is still common, reads `no`, `1_000` and
 * `1:20` as other types; 1.2 does so with `1e3`.
 */
function readsAs(text: string, version: '1.1' | '1.2'): boolean {
  const document = parseDocument(`key: ${text}`, { version, logLevel: 'silent' });
  return document.errors.length === 0 && document.get('key') === text;
}

/** As a JSON string, which YAML can read as well. */
function quoted(text: string): string {
  const wellFormed = text.replace(/\p{Surrogate}/gu, '\ufffd');
  return JSON.stringify(wellFormed).replace(hidden, unicodeEscape).replace(misleading, unicodeEscape);
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
