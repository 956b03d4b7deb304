import assert from 'node:assert/strict';
import { attributeWords, speakerChangeCost } from '../../../../../src/local/speech/speakers/attribution';
import { VoiceLikelihoods } from '../../../../../src/local/speech/speakers/voiceLikelihoods';
import { recordingOf, voiceOf, word, wordsOf } from './syntheticRecordings';

const voices = [voiceOf(1), voiceOf(2)];
const [a, b] = [voiceOf(1), voiceOf(2)];

describe('attributeWords', () => {
  it('follows the voices', () => {
    const turns = [a, b, a, b].map((voice) => ({ voice, seconds: 3 }));
    const { words, turnOfWord } = wordsOf(turns);
    const speakers = attributeWords(words, new VoiceLikelihoods(recordingOf(turns, 4), voices));
    assert.deepEqual(
      speakers,
      turnOfWord.map((turn) => turn % 2),
    );
  });

  it('attributes a short answer to its speaker', () => {
    const turns = [
      { voice: a, seconds: 4 },
      { voice: b, seconds: 0.5 },
      { voice: a, seconds: 4 },
    ];
    const { words, turnOfWord } = wordsOf(turns);
    const speakers = attributeWords(words, new VoiceLikelihoods(recordingOf(turns, 4), voices));
    assert.deepEqual(
      speakers,
      turnOfWord.map((turn) => turn % 2),
    );
  });

  it('changes the speaker after a sentence if the voice changes shortly before or after its end', () => {
    const windows = recordingOf(
      [
        { voice: a, seconds: 3 },
        { voice: b, seconds: 3 },
      ],
      4,
    );
    const likelihoods = new VoiceLikelihoods(windows, voices);
    for (const end of [2.7, 3, 3.6]) {
      const words = [
        ...Array.from({ length: 9 }, (_, i) =>
          word(i === 8 ? "o'clock." : 'word', (end * i) / 9, (end * (i + 1)) / 9),
        ),
        ...Array.from({ length: 9 }, (_, i) =>
          word('word', end + ((6.4 - end) * i) / 9, end + ((6.4 - end) * (i + 1)) / 9),
        ),
      ];
      assert.deepEqual(
        attributeWords(words, likelihoods),
        words.map((_, i) => (i < 9 ? 0 : 1)),
      );
    }
  });

  it('keeps the speaker in stretches without windows', () => {
    const windows = recordingOf([{ voice: b, seconds: 3 }], 4);
    const words = [
      word('one', 1, 1.3),
      word('two', 8, 8.3),
      word('three.', 20, 20.4),
      word('Four', 30, 30.4),
    ];
    assert.deepEqual(attributeWords(words, new VoiceLikelihoods(windows, voices)), [1, 1, 1, 1]);
  });

  it('accepts no words, and no voices', () => {
    assert.deepEqual(attributeWords([], new VoiceLikelihoods([], voices)), []);
    assert.deepEqual(attributeWords([word('Hello.', 0, 1)], new VoiceLikelihoods([], [])), [0]);
  });

  it('changes the speaker most readily after a sentence, then after a comma, and more readily at a pause', () => {
    const cost = (text: string, pause: number): number =>
      speakerChangeCost(word(text, 0, 1), word('next', 1 + pause, 2));
    for (const pause of [0, 0.3, 0.6]) {
      assert.ok(cost('end.', pause) < cost('end,', pause) && cost('end,', pause) < cost('end', pause));
    }
    for (const text of ['end.', 'end?', 'end!"', 'end,', 'end']) {
      assert.ok(cost(text, 0.6) < cost(text, 0.3) && cost(text, 0.3) < cost(text, 0));
      assert.equal(cost(text, 0.6), cost(text, 5));
    }
  });
});
