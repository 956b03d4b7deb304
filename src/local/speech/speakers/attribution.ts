import type { SpokenWord } from '../heard/speech';
import type { Evidence } from './evidence';

const sentenceEnd = /[.?!]["')\]]*$/;
const clauseEnd = /[,;:–—-]["')\]]*$/;

/**
 * What a change of speaker costs before a word, in units of log-likelihood: little where people take turns, after a
 * sentence and in a pause, and much within a phrase. Windows are 1.6 s long, so the sound alone says only roughly
 * where a change lies.
 */
export function changeCost(previous: SpokenWord, word: SpokenWord): number {
  const pauseSeconds = (word.startMs - previous.endMs) / 1000;
  const paused = Math.min(1, Math.max(0, (pauseSeconds - 0.1) / 0.4));
  if (sentenceEnd.test(previous.text)) {
    return 2 - paused;
  }
  if (clauseEnd.test(previous.text)) {
    return 5 - 3 * paused;
  }
  return 7 - 4 * paused;
}

/** The likeliest speaker of each word (Viterbi over the words). */
export function attribute(words: readonly SpokenWord[], evidence: Evidence): readonly number[] {
  let scores = new Float64Array();
  const arrivals: Int32Array[] = [];
  words.forEach((word, i) => {
    const previous = words[i - 1];
    const heard = evidence.between(word.startMs / 1000, word.endMs / 1000);
    const cost = previous ? changeCost(previous, word) : 0;
    const best = indexOfLargest(scores);
    const change = (scores[best] ?? 0) - cost;
    const from = new Int32Array(heard.length);
    scores = heard.map((score, voice) => {
      const stay = scores[voice] ?? 0;
      from[voice] = change > stay ? best : voice;
      return score + Math.max(stay, change);
    });
    arrivals.push(from);
  });
  return followBack(arrivals, indexOfLargest(scores));
}

function followBack(arrivals: readonly Int32Array[], last: number): readonly number[] {
  const voices: number[] = [];
  let voice = last;
  for (const from of arrivals.toReversed()) {
    voices.push(voice);
    voice = from[voice] ?? 0;
  }
  return voices.reverse();
}

function indexOfLargest(values: Float64Array): number {
  return Math.max(0, values.indexOf(Math.max(...values)));
}
