import type { RecognisedWord } from '../../recognition/recognisedSpeech';
import type { VoiceLikelihoods } from './voiceLikelihoods';

const sentenceEnd = /[.?!]["')\]]*$/;
const clauseEnd = /[,;:–—-]["')\]]*$/;

/**
 * What a change of speaker before a word costs, in units of log-likelihood: little after a sentence or a pause, where
 * people take turns, and much within a phrase. Voice windows are up to 1.6 s long, so the sound alone shows only roughly
 * where a change lies.
 */
export function speakerChangeCost(previous: RecognisedWord, word: RecognisedWord): number {
  const pauseSeconds = (word.startMs - previous.endMs) / 1000;
  // 0 for a pause of 0.1 s or less, 1 for one of 0.5 s or more.
  const paused = Math.min(1, Math.max(0, (pauseSeconds - 0.1) / 0.4));
  if (sentenceEnd.test(previous.text)) {
    return 2 - paused;
  }
  if (clauseEnd.test(previous.text)) {
    return 5 - 3 * paused;
  }
  return 7 - 4 * paused;
}

/**
 * Finds the most likely voice of each word (Viterbi algorithm over the words).
 *
 * @returns for each word the index of its voice
 */
export function attributeWords(
  words: readonly RecognisedWord[],
  likelihoods: VoiceLikelihoods,
): readonly number[] {
  let scores = new Float64Array();
  const arrivals: Int32Array[] = [];
  words.forEach((word, i) => {
    const previous = words[i - 1];
    const wordScores = likelihoods.between(word.startMs / 1000, word.endMs / 1000);
    const cost = previous ? speakerChangeCost(previous, word) : 0;
    const best = indexOfLargest(scores);
    const change = (scores[best] ?? 0) - cost;
    const from = new Int32Array(wordScores.length);
    scores = wordScores.map((score, voice) => {
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
