// Scripts without spaces between words, grouped by how many characters a word has on average.
const chineseOrJapanese = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]|[\ud840-\ud888][\udc00-\udfff]/;
const thaiAndNeighbours = /[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff]/;

/** Whether a text contains Chinese, Japanese, Thai, Lao, Tibetan, Burmese or Khmer. */
export function isSpaceless(text: string): boolean {
  return chineseOrJapanese.test(text) || thaiAndNeighbours.test(text);
}

/** Whether no space is needed between a text and what follows it. */
export function endsWithoutSpace(text: string): boolean {
  return chineseOrJapanese.test(text.slice(-2));
}

/** Roughly how many words a text without spaces has; may be a fraction. */
export function wordCount(text: string): number {
  if (chineseOrJapanese.test(text)) {
    return text.length / 2;
  }
  return thaiAndNeighbours.test(text) ? text.length / 4 : 1;
}
