import type { Span } from '../span';
import { phraseIndexes } from './phrase';
import { tokensOf, type Token } from './tokens';

/** Words to search for, which have to follow each other. */
export interface Query {
  /** As `folded` makes them; [] finds nothing. */
  readonly words: readonly string[];
  /** Whether the last word has to be complete. While the user is typing, it may be the beginning of a word. */
  readonly isWhole: boolean;
}

/** Makes a query of text that was typed. @param isWhole see `Query` */
export function parseQuery(text: string, isWhole = false): Query {
  return { words: tokensOf(text).map((token) => token.text), isWhole };
}

/** The search index of a text: its words, each between spaces. */
export function searchIndexOf(text: string): string {
  return ` ${tokensOf(text)
    .map((token) => token.text)
    .join(' ')} `;
}

/** Whether a text contains the query, by the index of the text. This is much faster than `querySpans`. */
export function matchesIndex(index: string, { words, isWhole }: Query): boolean {
  return words.length > 0 && index.includes(` ${words.join(' ')}${isWhole ? ' ' : ''}`);
}

/** Finds the query in tokens. @returns spans of token indexes, of which `end` is the last token's */
export function queryTokenSpans(query: Query, tokens: readonly Pick<Token, 'text'>[]): readonly Span[] {
  const { words, isWhole } = query;
  const spoken = tokens.map(({ text }) => text);
  const isSame = (said: string, wanted: string, isLast: boolean): boolean =>
    isLast && !isWhole ? said.startsWith(wanted) : said === wanted;
  return phraseIndexes(spoken, words, isSame).map((index) => ({
    start: index,
    end: index + words.length - 1,
  }));
}

/** Finds the query in a text. @returns spans of offsets */
export function querySpans(text: string, query: Query): readonly Span[] {
  const tokens = tokensOf(text);
  return queryTokenSpans(query, tokens).map(({ start, end }) => ({
    start: tokens[start]?.start ?? 0,
    end: tokens[end]?.end ?? 0,
  }));
}
