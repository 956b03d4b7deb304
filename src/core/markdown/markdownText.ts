// Text from outside as Markdown that shows exactly this text in every tool. It is on one line, mostly after `# ` or a
// time link, so it cannot open a block, and only inline constructs need escapes. A character is escaped only where it
// could take effect, because people also read and compare notes as plain text.

import { trimmedEnd } from '../text';

const emphasis = [
  /(?<=\S)[*~]|[*~](?=\S)/iu, // with strikethrough; not between spaces
  /(?<![\p{L}\p{N}_])_+|(?<!_)_+(?![\p{L}\p{N}_])/iu, // not inside a word such as snake_case
];

const otherConstructs = [
  /[\\`[]/iu, // escapes, code, links, images, footnotes
  /(?<=\])\(/iu, // links again: a tool that searches for `](` may ignore the escape before it
  /<(?=[a-z/!?])/iu, // HTML, autolinks
  /&(?=#?[a-z0-9]+;)/iu, // entities
  /(?<=[^\s(])\$|\$(?!\d)/iu, // mathematics; not a price such as $5
  /\/(?=\/)|(?<=\S)@(?=\S)|(?<=www)\./iu, // addresses that some tools turn into links
];

// Embeddings, overrides and isolates can make text look like another text; marks such as U+200F cannot.
const bidiControls = /[\u202a-\u202e\u2066-\u2069]/g;

const risky = anyOf([...otherConstructs, ...emphasis]);
const riskyButEmphasis = anyOf(otherConstructs);

function anyOf(constructs: readonly RegExp[]): RegExp {
  return new RegExp(constructs.map(({ source }) => source).join('|'), 'giu');
}

/** One line of text as Markdown that shows exactly this text, for a place after other text on the line. */
export function escapeText(text: string): string {
  return text.replace(risky, escaped).replace(bidiControls, entityOf);
}

/** Like `escapeText`, but emphasis stays: for the text of a language model, which means it so. */
export function escapeAllButEmphasis(text: string): string {
  return text.replace(riskyButEmphasis, escaped).replace(bidiControls, entityOf);
}

/** Like `escapeText`, for a heading, where a row of `#` at the end would not show. */
export function escapeHeading(text: string): string {
  const escaped = escapeText(text);
  const content = trimmedEnd(escaped, /#/);
  const wouldClose = content !== escaped && /(?:^| )$/.test(content.slice(-1));
  return wouldClose ? `${content}\\${escaped.slice(content.length)}` : escaped;
}

/** Like `escapeText`, as strong text; a star at either end is escaped, so that it does not become one of the marks. */
export function strong(text: string): string {
  return `**${escapeText(text).replace(/^\*|(?<= )\*$/g, '\\*')}**`;
}

const opensList = /^(\d{1,9})(?=[.)](?: |$))/;
const opensBlock = /^(?:#(?=#{0,5}(?: |$))|>|[*+-](?= |$)|-(?=-+$)|:(?=[ :]))/;

/** Like `escapeText`, for the beginning of a line or list item, where text could open a block. */
export function escapeOpening(text: string): string {
  return escapeText(text).replace(opensBlock, '\\$&').replace(opensList, '$1\\');
}

function escaped(markup: string): string {
  // Tools that know no backslash escapes understand this one too.
  return markup === '<' ? '&lt;' : markup.replace(/./g, '\\$&');
}

function entityOf(character: string): string {
  return `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`;
}

const escapes = /\\([!-/:-@[-`{-~])|&#x([0-9a-f]{1,6});|&#([0-9]{1,7});|&(amp|lt|gt|quot|apos|nbsp);/gi;
const entities = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', '\u00a0'],
]);

/** The text of a line of Markdown without escapes and entities; emphasis and other markup stay. */
export function unescapeText(markdown: string): string {
  return markdown.replace(escapes, unescaped);
}

/** A part of a line of Markdown and the text that it shows: the same text, or one character for an escape or entity. */
export interface MarkdownPiece {
  readonly markdown: string;
  readonly text: string;
}

/** Cuts a line of Markdown into pieces. Their texts together are the result of `unescapeText`. */
export function markdownPieces(markdown: string): readonly MarkdownPiece[] {
  const pieces: MarkdownPiece[] = [];
  const addPlain = (text: string): void => {
    pieces.push(...(text === '' ? [] : [{ markdown: text, text }]));
  };
  let from = 0;
  for (const { 0: whole, index } of markdown.matchAll(escapes)) {
    addPlain(markdown.slice(from, index));
    pieces.push({ markdown: whole, text: unescapeText(whole) });
    from = index + whole.length;
  }
  addPlain(markdown.slice(from));
  return pieces;
}

function unescaped(whole: string, escaped?: string, hex?: string, decimal?: string, name?: string): string {
  if (escaped !== undefined) {
    return escaped;
  }
  if (name !== undefined) {
    return entities.get(name) ?? whole;
  }
  return characterOf(hex === undefined ? Number(decimal) : parseInt(hex, 16));
}

function characterOf(codePoint: number): string {
  const isCharacter = codePoint > 0 && codePoint <= 0x10ffff && !(codePoint >= 0xd800 && codePoint <= 0xdfff);
  return isCharacter ? String.fromCodePoint(codePoint) : '\ufffd';
}
