/** How the recognised words differ from those that were said. */
export interface WordErrors {
  readonly substitutions: number;
  readonly deletions: number;
  readonly insertions: number;
  /** Number of words that were said. */
  readonly words: number;
}

/** The indexes of a word that was said and the word that was heard for it. Undefined for missing and additional words. */
export interface WordPair {
  readonly said: number | undefined;
  readonly heard: number | undefined;
}

/** Counts word errors. Case, punctuation and the spelling of numbers do not matter. */
export function countWordErrors(said: string, heard: string): WordErrors {
  const saidWords = normalisedWords(said);
  const heardWords = normalisedWords(heard);
  const pairs = pairWords(saidWords, heardWords);
  const count = (is: (pair: WordPair) => boolean) => pairs.filter(is).length;
  return {
    substitutions: count(
      (pair) =>
        pair.said !== undefined &&
        pair.heard !== undefined &&
        saidWords[pair.said] !== heardWords[pair.heard],
    ),
    deletions: count((pair) => pair.heard === undefined),
    insertions: count((pair) => pair.said === undefined),
    words: saidWords.length,
  };
}

/** Errors per word that was said. More than 1 if many words were made up. */
export function wordErrorRate({ substitutions, deletions, insertions, words }: WordErrors): number {
  return (substitutions + deletions + insertions) / Math.max(1, words);
}

/** Splits a text into lower-case words without punctuation. Numerals are spelled out, `%` and `per cent` become `percent`. */
export function normalisedWords(text: string): string[] {
  return text
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/(\d),(?=\d{3}\b)/g, '$1')
    .replaceAll('%', ' percent ')
    .replace(/\bper cent\b/g, 'percent')
    .replace(/\d+/g, (digits) => ` ${numberInWords(Number(digits))} `)
    .replace(/[^\p{L}\p{N}' ]/gu, ' ')
    .split(/\s+/)
    .map((word) => word.replace(/^'+|'+$/g, ''))
    .filter((word) => word !== '');
}

/** Pairs the words so that there are as few errors as possible (Levenshtein distance). The order of the words is kept. */
export function pairWords(said: readonly string[], heard: readonly string[]): WordPair[] {
  const width = heard.length + 1;
  const cost = new Uint32Array((said.length + 1) * width);
  for (let i = 0; i <= said.length; i++) {
    for (let j = 0; j <= heard.length; j++) {
      cost[i * width + j] = cheapest(cost, width, i, j, said[i - 1] === heard[j - 1]);
    }
  }
  return walkBack(cost, said, heard);
}

function walkBack(cost: Uint32Array, said: readonly string[], heard: readonly string[]): WordPair[] {
  const width = heard.length + 1;
  const pairs: WordPair[] = [];
  let i = said.length;
  let j = heard.length;
  while (i > 0 || j > 0) {
    const errors = (before: number) => cost[i * width + j]! - cost[i * width + j - before]!;
    if (i > 0 && j > 0 && errors(width + 1) === (said[i - 1] === heard[j - 1] ? 0 : 1)) {
      pairs.push({ said: --i, heard: --j });
    } else if (i > 0 && errors(width) === 1) {
      pairs.push({ said: --i, heard: undefined });
    } else {
      pairs.push({ said: undefined, heard: --j });
    }
  }
  return pairs.reverse();
}

function cheapest(cost: Uint32Array, width: number, i: number, j: number, same: boolean): number {
  if (i === 0 || j === 0) {
    return i + j;
  }
  const diagonal = cost[(i - 1) * width + j - 1]! + (same ? 0 : 1);
  return Math.min(diagonal, cost[(i - 1) * width + j]! + 1, cost[i * width + j - 1]! + 1);
}

const ones =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tens = '_ _ twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const scales: readonly (readonly [number, string])[] = [
  [1e9, 'billion'],
  [1e6, 'million'],
  [1e3, 'thousand'],
  [100, 'hundred'],
];

function numberInWords(number: number): string {
  const scale = scales.find(([size]) => number >= size);
  if (number >= 1e12) {
    return String(number);
  }
  if (scale) {
    const [size, name] = scale;
    return `${numberInWords(Math.floor(number / size))} ${name}${rest(number % size)}`;
  }
  return number < 20 ? ones[number]! : `${tens[Math.floor(number / 10)]!}${rest(number % 10)}`;
}

function rest(number: number): string {
  return number === 0 ? '' : ` ${numberInWords(number)}`;
}
