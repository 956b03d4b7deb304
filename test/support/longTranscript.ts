/** How much is said, by how many, in how long. */
export interface LongTranscript {
  readonly hours: number;
  readonly words: number;
  readonly utterances: number;
  readonly speakers: number;
}

const vocabulary =
  'the meeting of last week was short and we agreed on a plan for the release branch because it did not build ' +
  'anymore after that change so somebody should have a look at the numbers before Thursday it costs about $5 ' +
  'per user which is fine for example.com but snake_case names and 3 * 4 are not';

/** A completed transcript as the API would send it, the same for the same arguments. */
export function longTranscriptBody({ hours, words, utterances, speakers }: LongTranscript) {
  const random = generator(words);
  const pool = vocabulary.split(' ');
  const stepMs = (hours * 3_600_000) / words;
  const perUtterance = words / utterances;
  const said = Array.from({ length: utterances }, (_, n) => {
    const first = Math.round(n * perUtterance);
    const count = Math.round((n + 1) * perUtterance) - first;
    const speaker = String.fromCharCode(65 + Math.floor(random() * Math.min(speakers, 26)));
    const spoken = Array.from({ length: count }, (_, i) => {
      const start = Math.round((first + i) * stepMs);
      const word = pool[Math.floor(random() * pool.length)]!;
      const text = i === count - 1 || random() < 0.08 ? `${word}.` : word;
      return { text, start, end: start + Math.round(stepMs * 0.8), confidence: 0.97, speaker };
    });
    return {
      speaker,
      text: spoken.map(({ text }) => text).join(' '),
      start: spoken[0]?.start ?? Math.round(first * stepMs),
      end: spoken.at(-1)?.end ?? Math.round(first * stepMs),
      confidence: 0.97,
      words: spoken,
    };
  });
  return {
    id: '5b0d7c2e-6f0e-4a0b-9c1d-2f6a7e3b8c90',
    status: 'completed',
    text: said.map(({ text }) => text).join(' '),
    words: said.flatMap((utterance) => utterance.words),
    utterances: said,
    confidence: 0.97,
    audio_duration: hours * 3600,
    language_code: 'en',
    speech_model_used: 'assemblyai-stt-3-7',
    speaker_labels: true,
  } as const;
}

/** Numbers in [0, 1): a linear congruential generator, good enough to vary text. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
