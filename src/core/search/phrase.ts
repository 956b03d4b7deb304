/** A word without what surrounds it: `“Yes,` and `yes` are the same. */
export function bareWord(text: string): string {
  return text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '').toLowerCase();
}

/**
 * Where a phrase is among words: the indexes of its first word, in order. An empty phrase is nowhere.
 *
 * @param isSame whether what is said is the word of the phrase, of which it is told whether it is the last
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
