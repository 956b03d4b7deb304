import { isSpaceless } from '../transcript/spacelessScripts';

/** A piece of a text that search compares as a whole: a word, or one character of a script without spaces. */
export interface Token {
  /** As `folded` gives it. */
  readonly text: string;
  /** Where it begins in the text, and where it ends. */
  readonly start: number;
  readonly end: number;
}

const wordOrNumber = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’]*/gu;

/** Marks that a keyboard may not have, on letters of scripts that are read without them: accents, vowel points, tatweel. */
const accents = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]|\u0640/g;

/** Letters that are written otherwise where the keyboard does not have them, and that Unicode does not take apart. */
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

/** A text as it is compared: without case, accents, apostrophes and forms of the same letter. */
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

/** The words of a text without what stands between them, in order. */
export function tokensOf(text: string): Token[] {
  return [...text.matchAll(wordOrNumber)].flatMap(({ 0: word, index }) => tokensIn(word, index));
}

/** A character with what is written onto it. */
const unit = /[^]\p{M}*/gu;

function tokensIn(word: string, offset: number): Token[] {
  if (!isSpaceless(word)) {
    return tokenOf(word, offset);
  }
  const tokens: Token[] = [];
  let from = 0;
  for (const { 0: text, index } of word.matchAll(unit)) {
    // Latin letters as wide as a Chinese character are Latin letters.
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
