import type { Span } from '../span';
import { phraseIndexes } from './phrase';
import { tokensOf, type Token } from './tokens';

/** What is searched for: words in a row. */
export interface Query {
  /** Folded; none where there is nothing to search for. */
  readonly words: readonly string[];
  /** Whether the last word has to be whole, or may only be begun, since one searches while typing. */
  readonly isWhole: boolean;
}

/** Reads what somebody typed. */
export function parseQuery(text: string, isWhole = false): Query {
  return { words: tokensOf(text).map((token) => token.text), isWhole };
}

/** A text as `isIn` wants it: its words in a row. */
export function searchIndexOf(text: string): string {
  return ` ${tokensOf(text)
    .map((token) => token.text)
    .join(' ')} `;
}

/** Whether the query is in a text: far quicker than to say where. */
export function matchesIndex(index: string, { words, isWhole }: Query): boolean {
  return words.length > 0 && index.includes(` ${words.join(' ')}${isWhole ? ' ' : ''}`);
}

/** Where the query is among tokens, as indexes of its first and its last one. */
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

/** Where the query is in a text. */
export function querySpans(text: string, query: Query): readonly Span[] {
  const tokens = tokensOf(text);
  return queryTokenSpans(query, tokens).map(({ start, end }) => ({
    start: tokens[start]?.start ?? 0,
    end: tokens[end]?.end ?? 0,
  }));
}
