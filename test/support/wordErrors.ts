/** How a recognised text differs from what was said. */
export interface WordErrors {
  readonly substitutions: number;
  readonly deletions: number;
  readonly insertions: number;
  /** Words that were said. */
  readonly words: number;
  /** Word error rate: all errors by the words that were said; may be above 1. */
  readonly rate: number;
  /** The words that were recognised right: their places in what was said and in what was heard. */
  readonly hits: readonly { readonly said: number; readonly heard: number }[];
}

const ones =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tens = '- - twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

function numberInWords(number: number): string {
  if (number < 20) {
    return ones[number]!;
  }
  if (number < 100) {
    return `${tens[Math.floor(number / 10)]!} ${number % 10 === 0 ? '' : ones[number % 10]!}`;
  }
  if (number < 1000) {
    return `${ones[Math.floor(number / 100)]!} hundred ${number % 100 === 0 ? '' : numberInWords(number % 100)}`;
  }
  return String(number);
}

/** A text as words to compare: no case, no punctuation, numerals as they are spoken. */
export function normalisedWords(text: string): string[] {
  return text
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/%/g, ' percent ')
    .replace(/\bper cent\b/g, 'percent')
    .replace(/\d+/g, (digits) => ` ${numberInWords(Number(digits))} `)
    .replace(/[^\p{L}\p{N}']+/gu, ' ')
    .split(' ')
    .map((word) => word.replace(/^'+|'+$/g, ''))
    .filter((word) => word !== '');
}

/** Compares two texts as lists of normalised words, by the fewest errors that turn one into the other. */
export function wordErrors(said: readonly string[], heard: readonly string[]): WordErrors {
  const distance = distances(said, heard);
  const hits: { said: number; heard: number }[] = [];
  const errors = { substitutions: 0, deletions: 0, insertions: 0 };
  let [row, column] = [said.length, heard.length];
  while (row > 0 || column > 0) {
    const here = distance(row, column);
    if (row > 0 && here === distance(row - 1, column) + 1) {
      errors.deletions++;
      row--;
    } else if (column > 0 && here === distance(row, column - 1) + 1) {
      errors.insertions++;
      column--;
    } else {
      row--;
      column--;
      if (said[row] === heard[column]) {
        hits.unshift({ said: row, heard: column });
      } else {
        errors.substitutions++;
      }
    }
  }
  return { ...errors, words: said.length, rate: distance(said.length, heard.length) / said.length, hits };
}

/** The fewest errors between the first words of the one and the first words of the other, for all beginnings. */
function distances(
  said: readonly string[],
  heard: readonly string[],
): (saidCount: number, heardCount: number) => number {
  const width = heard.length + 1;
  const table = new Uint32Array((said.length + 1) * width);
  const at = (row: number, column: number): number => table[row * width + column]!;
  for (let row = 0; row <= said.length; row++) {
    for (let column = 0; column <= heard.length; column++) {
      const isEdge = row === 0 || column === 0;
      table[row * width + column] = isEdge
        ? row + column
        : Math.min(
            at(row - 1, column - 1) + (said[row - 1] === heard[column - 1] ? 0 : 1),
            at(row - 1, column) + 1,
            at(row, column - 1) + 1,
          );
    }
  }
  return at;
}
