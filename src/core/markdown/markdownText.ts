// Text is data: it must read the same in any Markdown tool as it was said. All of it stands on one line, mostly behind
// `# ` or a time link, so that nothing can open a block; what is left are the inline constructs. Each is escaped
// only where it could take effect, because notes are read and compared as text, too.

const emphasis = [
  /(?<=\S)[*~]|[*~](?=\S)/iu, // and strikethrough; not between spaces
  /(?<![\p{L}\p{N}_])_+|(?<!_)_+(?![\p{L}\p{N}_])/iu, // not inside of a word such as snake_case
];

const otherConstructs = [
  /[\\`[]/iu, // escapes, code, links, images, footnotes
  /(?<=\])\(/iu, // links again: an editor that looks for `](` may not care about escapes before it
  /<(?=[a-z/!?])/iu, // HTML, autolinks
  /&(?=#?[a-z0-9]+;)/iu, // entities
  /(?<=[^\s(])\$|\$(?!\d)/iu, // mathematics; not a price such as $5
  /\/(?=\/)|(?<=\S)@(?=\S)|(?<=www)\./iu, // addresses that become links without being asked
];

// Embeddings, overrides and isolates make text look like what it is not; marks such as U+200F do not.
const bidiControls = /[\u202a-\u202e\u2066-\u2069]/g;

const risky = anyOf([...otherConstructs, ...emphasis]);
const riskyButEmphasis = anyOf(otherConstructs);

function anyOf(constructs: readonly RegExp[]): RegExp {
  return new RegExp(constructs.map(({ source }) => source).join('|'), 'giu');
}

/** One line of text as Markdown that shows exactly it, for a place where something stands before it. */
export function escapeText(text: string): string {
  return text.replace(risky, escaped).replace(bidiControls, entityOf);
}

/** The same where emphasis is meant as such: in what a language model wrote. */
export function escapeAllButEmphasis(text: string): string {
  return text.replace(riskyButEmphasis, escaped).replace(bidiControls, entityOf);
}

/** As `escapeText`, for a heading, which would lose a row of # at its end. */
export function escapeHeading(text: string): string {
  return escapeText(text).replace(/(?<=^| )#+$/, '\\$&');
}

/** The same between the marks of strong text, to which a star at either end must not be added. */
export function strong(text: string): string {
  return `**${escapeText(text).replace(/^\*|(?<= )\*$/g, '\\*')}**`;
}

const opensList = /^(\d{1,9})(?=[.)](?: |$))/;
const opensBlock = /^(?:#(?=#{0,5}(?: |$))|>|[*+-](?= |$)|-(?=-+$)|:(?=[ :]))/;

/** The same for the beginning of a line or list item, where text must not open a block. */
export function escapeOpening(text: string): string {
  return escapeText(text).replace(opensBlock, '\\$&').replace(opensList, '$1\\');
}

function escaped(markup: string): string {
  // The one character that also means something to those who have never heard of backslashes.
  return markup === '<' ? '&lt;' : markup.replace(/./g, '\\$&');
}

function entityOf(character: string): string {
  return `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`;
}

const written = /\\([!-/:-@[-`{-~])|&#x([0-9a-f]{1,6});|&#([0-9]{1,7});|&(amp|lt|gt|quot|apos|nbsp);/gi;
const named = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', '\u00a0'],
]);

/** The text that a line of Markdown shows; emphasis and other markup in it stay as they are. */
export function unescapeText(markdown: string): string {
  return markdown.replace(written, shown);
}

/** A piece of a line of Markdown, and what it shows: itself, or one character for a longer way to write it. */
export interface MarkdownPiece {
  readonly markdown: string;
  readonly text: string;
}

/** A line of Markdown in pieces: what they show one after the other is what `unescapeText` gives. */
export function markdownPieces(markdown: string): readonly MarkdownPiece[] {
  const pieces: MarkdownPiece[] = [];
  const addPlain = (text: string): void => {
    pieces.push(...(text === '' ? [] : [{ markdown: text, text }]));
  };
  let from = 0;
  for (const { 0: whole, index } of markdown.matchAll(written)) {
    addPlain(markdown.slice(from, index));
    pieces.push({ markdown: whole, text: unescapeText(whole) });
    from = index + whole.length;
  }
  addPlain(markdown.slice(from));
  return pieces;
}

function shown(whole: string, escaped?: string, hex?: string, decimal?: string, name?: string): string {
  if (escaped !== undefined) {
    return escaped;
  }
  if (name !== undefined) {
    return named.get(name) ?? whole;
  }
  return characterOf(hex === undefined ? Number(decimal) : parseInt(hex, 16));
}

function characterOf(codePoint: number): string {
  const isCharacter = codePoint > 0 && codePoint <= 0x10ffff && !(codePoint >= 0xd800 && codePoint <= 0xdfff);
  return isCharacter ? String.fromCodePoint(codePoint) : '\ufffd';
}
