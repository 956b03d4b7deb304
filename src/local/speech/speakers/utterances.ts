import type { SpokenUtterance, SpokenWord } from '../heard/speech';

/** A pause that ends an utterance. */
const pauseMs = 900;
/** A long speech is divided at the end of a sentence after this. */
const longMs = 30_000;

/** A word whose speaker is known. */
export type AttributedWord = SpokenWord & { readonly speaker: number };

/** Words divided where the speaker changes, in long pauses, and long speeches at the ends of sentences. */
export function utterancesOf(words: readonly AttributedWord[]): readonly SpokenUtterance[] {
  const utterances: { speaker: number; words: AttributedWord[] }[] = [];
  for (const word of words) {
    const open = utterances.at(-1);
    if (open && goesOn(open.words, word)) {
      open.words.push(word);
    } else {
      utterances.push({ speaker: word.speaker, words: [word] });
    }
  }
  return utterances;
}

function goesOn(said: readonly AttributedWord[], word: AttributedWord): boolean {
  const first = said[0];
  const last = said.at(-1);
  if (!first || !last) {
    return false;
  }
  if (word.speaker !== last.speaker || word.startMs - last.endMs > pauseMs) {
    return false;
  }
  return !(last.endMs - first.startMs > longMs && /[.?!]$/.test(last.text));
}
