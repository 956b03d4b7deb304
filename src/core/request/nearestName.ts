/** So many letters may be wrong in a name that is understood all the same. */
const mostMistakes = 2;

/** The name that was probably meant, if one is close. */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  const asWritten = name.toLowerCase().replaceAll('-', '_');
  const [best] = names
    .map((candidate) => ({ candidate, mistakes: mistakesIn(asWritten, candidate) }))
    .filter(({ mistakes }) => mistakes <= mostMistakes)
    .sort((one, other) => one.mistakes - other.mistakes);
  return best?.candidate;
}

/** Letters to change, add or leave out to get from one text to the other. */
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
