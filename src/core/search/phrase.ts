import { trimmedEnd } from '../text';

/** A word in lower case without punctuation around it: `yes` for `“Yes,`. */
export function bareWord(text: string): string {
  return trimmedEnd(text.replace(/^[^\p{L}\p{N}]+/u, ''), /[^\p{L}\p{N}]/u).toLowerCase();
}

/**
 * Finds a phrase in words that were said.
 *
 * @param isSame compares a word that was said with a word of the phrase, and is told whether that is the phrase's last
 *   one
 * @returns the index of the phrase's first word, for every place where the phrase was said; [] for an empty phrase
 */
export function phraseIndexes(
  spoken: readonly string[],
  phrase: readonly string[],
  isSame: (said: string, wanted: string, isLast: boolean) => boolean = (said, wanted) => said === wanted,
): number[] {
  const last = phrase.length - 1;
  const isAt = (index: number): boolean =>
    phrase.every((wanted, offset) => {
      const said = spoken[index + offset];
      return said !== undefined && isSame(said, wanted, offset === last);
    });
  return last < 0 ? [] : [...spoken.keys()].filter(isAt);
}
