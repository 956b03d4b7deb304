import type { RecognisedUtterance } from '../../recognition/recognisedSpeech';
import type { AttributedWord } from '../speakers/assignSpeakers';

/** A longer pause ends an utterance. */
const maxPauseMs = 900;
/** A longer utterance ends with its sentence. */
const longUtteranceMs = 30_000;

/** Splits words into utterances: where the speaker changes, at long pauses, and in long speeches after a sentence. */
export function utterancesOf(words: readonly AttributedWord[]): readonly RecognisedUtterance[] {
  const utterances: { speaker: number; words: AttributedWord[] }[] = [];
  for (const word of words) {
    const open = utterances.at(-1);
    if (open && continues(open.words, word)) {
      open.words.push(word);
    } else {
      utterances.push({ speaker: word.speaker, words: [word] });
    }
  }
  return utterances;
}

function continues(utterance: readonly AttributedWord[], word: AttributedWord): boolean {
  const first = utterance[0];
  const last = utterance.at(-1);
  if (!first || !last) {
    return false;
  }
  if (word.speaker !== last.speaker || word.startMs - last.endMs > maxPauseMs) {
    return false;
  }
  return !(last.endMs - first.startMs > longUtteranceMs && /[.?!]$/.test(last.text));
}
