// Scripts that put no space between words, by the characters that one word takes on average.
const chineseOrJapanese = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]|[\ud840-\ud888][\udc00-\udfff]/;
const thaiAndNeighbours = /[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff]/;

/** Whether the text has characters of Chinese, Japanese, Thai, Lao, Tibetan, Burmese or Khmer in it. */
export function isSpaceless(text: string): boolean {
  return chineseOrJapanese.test(text) || thaiAndNeighbours.test(text);
}

/** Whether what follows the text goes on without a space. */
export function endsWithoutSpace(text: string): boolean {
  return chineseOrJapanese.test(text.slice(-2));
}

/** About how many words a text without spaces inside is; a fraction for a part of one. */
export function wordCount(text: string): number {
  if (chineseOrJapanese.test(text)) {
    return text.length / 2;
  }
  return thaiAndNeighbours.test(text) ? text.length / 4 : 1;
}
