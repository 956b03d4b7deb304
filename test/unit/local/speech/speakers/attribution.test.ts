import assert from 'node:assert/strict';
import { attribute, changeCost } from '../../../../../src/local/speech/speakers/attribution';
import { Evidence } from '../../../../../src/local/speech/speakers/evidence';
import { recordingOf, voiceOf, word, wordsOf } from './recordings';

const voices = [voiceOf(1), voiceOf(2)];
const [a, b] = [voiceOf(1), voiceOf(2)];

describe('words and their speakers', () => {
  it('are put together by the sound', () => {
    const turns = [a, b, a, b].map((voice) => ({ voice, seconds: 3 }));
    const { words, turnOfWord } = wordsOf(turns);
    const speakers = attribute(words, new Evidence(recordingOf(turns, 4), voices));
    assert.deepEqual(
      speakers,
      turnOfWord.map((turn) => turn % 2),
    );
  });

  it('leave a short answer with the one who gives it', () => {
    const turns = [
      { voice: a, seconds: 4 },
      { voice: b, seconds: 0.5 },
      { voice: a, seconds: 4 },
    ];
    const { words, turnOfWord } = wordsOf(turns);
    const speakers = attribute(words, new Evidence(recordingOf(turns, 4), voices));
    assert.deepEqual(
      speakers,
      turnOfWord.map((turn) => turn % 2),
    );
  });

  it('change at the end of a sentence where the sound changes a little before or after it', () => {
    const windows = recordingOf(
      [
        { voice: a, seconds: 3 },
        { voice: b, seconds: 3 },
      ],
      4,
    );
    const evidence = new Evidence(windows, voices);
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
        attribute(words, evidence),
        words.map((_, i) => (i < 9 ? 0 : 1)),
      );
    }
  });

  it('go on with the speaker where there is no evidence', () => {
    const windows = recordingOf([{ voice: b, seconds: 3 }], 4);
    const words = [
      word('one', 1, 1.3),
      word('two', 8, 8.3),
      word('three.', 20, 20.4),
      word('Four', 30, 30.4),
    ];
    assert.deepEqual(attribute(words, new Evidence(windows, voices)), [1, 1, 1, 1]);
  });

  it('may be none', () => {
    assert.deepEqual(attribute([], new Evidence([], voices)), []);
    assert.deepEqual(attribute([word('Hello.', 0, 1)], new Evidence([], [])), [0]);
  });

  it('change speakers sooner after a sentence than after a comma, there sooner than in a phrase, and sooner in pauses', () => {
    const cost = (text: string, pause: number): number =>
      changeCost(word(text, 0, 1), word('next', 1 + pause, 2));
    for (const pause of [0, 0.3, 0.6]) {
      assert.ok(cost('end.', pause) < cost('end,', pause) && cost('end,', pause) < cost('end', pause));
    }
    for (const text of ['end.', 'end?', 'end!"', 'end,', 'end']) {
      assert.ok(cost(text, 0.6) < cost(text, 0.3) && cost(text, 0.3) < cost(text, 0));
      assert.equal(cost(text, 0.6), cost(text, 5));
    }
  });
});
