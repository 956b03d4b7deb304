import { bareWord, phraseIndexes } from '../../core/search/phrase';
import type { WordBody } from './bodies';

export interface WordMatchBody {
  /** The term, in lower case. */
  readonly text: string;
  readonly count: number;
  /** Start and end of every place, ms. */
  readonly timestamps: readonly (readonly [startMs: number, endMs: number])[];
  /** Of the first word of every place. */
  readonly indexes: readonly number[];
}

/**
 * Where the terms are said; those that never are do not appear.
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
