import { bareWord, phraseIndexes } from '../../core/search/phrase';
import type { WordBody } from './bodies';

/** The matches of one search term, as the API sends them. */
export interface WordMatchBody {
  /** The term, in lower case. */
  readonly text: string;
  /** Number of matches. */
  readonly count: number;
  /** Start and end of each match, ms from the start of the recording. */
  readonly timestamps: readonly (readonly [startMs: number, endMs: number])[];
  /** Index of the first word of each match. */
  readonly indexes: readonly number[];
}

/**
 * Finds where terms are said. Terms that are never said are left out of the result.
 *
 * @param terms words, numbers, or phrases of several words
 */
export function searchWords(words: readonly WordBody[], terms: readonly string[]): WordMatchBody[] {
  const spoken = words.map((word) => bareWord(word.text));
  return terms.flatMap((term) => {
    const phrase = term.split(/\s+/).map(bareWord).filter(Boolean);
    const indexes = phraseIndexes(spoken, phrase);
    const timestamps = indexes.map(
      (index) => [words[index]?.start ?? 0, words[index + phrase.length - 1]?.end ?? 0] as const,
    );
    return indexes.length === 0
      ? []
      : [{ text: phrase.join(' '), count: indexes.length, timestamps, indexes }];
  });
}
