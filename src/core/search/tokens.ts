import { isSpaceless } from '../transcript/spacelessScripts';

/** The unit of search: a word, or one character of a script without spaces. */
export interface Token {
  /** As `folded` makes it. */
  readonly text: string;
  /** Offsets in the text. */
  readonly start: number;
  readonly end: number;
}

const wordOrNumber = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’]*/gu;

/** Marks that keyboards may lack, in scripts that can be read without them: accents, vowel points, tatweel. */
const accents = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]|\u0640/g;

/**
 * Letters that Unicode does not decompose, and how they are typed on keyboards without them; apostrophes count as
 * nothing.
 */
const otherLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ς: 'σ',
  "'": '',
  '’': '',
};

const plainLetters = /^[a-z0-9]*$/i;

/** A text as search compares it: without differences of case, accents, apostrophes and forms of a letter. */
export function folded(text: string): string {
  if (plainLetters.test(text)) {
    return text.toLowerCase();
  }
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(accents, '')
    .replace(/[ßæœøłđðþıς'’]/g, (letter) => otherLetters[letter] ?? letter)
    .normalize('NFC');
}

/** The tokens of a text in their order, without punctuation and spaces. */
export function tokensOf(text: string): Token[] {
  return [...text.matchAll(wordOrNumber)].flatMap(({ 0: word, index }) => tokensIn(word, index));
}

/** A character with its combining marks. */
const unit = /[^]\p{M}*/gu;

function tokensIn(word: string, offset: number): Token[] {
  if (!isSpaceless(word)) {
    return tokenOf(word, offset);
  }
  const tokens: Token[] = [];
  let from = 0;
  for (const { 0: text, index } of word.matchAll(unit)) {
    // Full-width Latin letters are Latin letters.
    if (isSpaceless(text.normalize('NFKC'))) {
      tokens.push(...tokenOf(word.slice(from, index), offset + from), ...tokenOf(text, offset + index));
      from = index + text.length;
    }
  }
  return [...tokens, ...tokenOf(word.slice(from), offset + from)];
}

function tokenOf(word: string, start: number): Token[] {
  const text = folded(word);
  return text === '' ? [] : [{ text, start, end: start + word.length }];
}
