/** How many letters may differ. */
const maxMistakes = 2;

/** The name that was probably meant: the one with the fewest mistakes, at most two; undefined where there is none. */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  const asWritten = name.toLowerCase().replaceAll('-', '_');
  const [best] = names
    .filter((candidate) => Math.abs(candidate.length - name.length) <= maxMistakes)
    .map((candidate) => ({ candidate, mistakes: mistakesIn(asWritten, candidate) }))
    .filter(({ mistakes }) => mistakes <= maxMistakes)
    .sort((one, other) => one.mistakes - other.mistakes);
  return best?.candidate;
}

/** The Levenshtein distance: how many letters to change, add or remove to get from one text to the other. */
function mistakesIn(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of one.split('').entries()) {
    const next = [index + 1];
    for (let column = 0; column < other.length; column++) {
      const changed = (row[column] ?? 0) + (letter === other[column] ? 0 : 1);
      next.push(Math.min(changed, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
