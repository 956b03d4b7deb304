import assert from 'node:assert/strict';
import { utterancesOf } from '../../../../../src/local/speech/utterances/utterances';
import { word } from '../speakers/syntheticRecordings';

function said(speaker: number, text: string, start: number, end: number) {
  return { ...word(text, start, end), speaker };
}

function texts(words: Parameters<typeof utterancesOf>[0]): [number, string][] {
  return utterancesOf(words).map(({ speaker, words: own }) => [speaker, own.map((w) => w.text).join(' ')]);
}

describe('utterancesOf', () => {
  it('splits where the speaker changes, even within a sentence', () => {
    const words = [
      said(0, 'Good', 0, 0.3),
      said(0, 'morning', 0.3, 0.8),
      said(1, 'Yes.', 0.8, 1),
      said(0, 'Well', 1, 2),
    ];
    assert.deepEqual(texts(words), [
      [0, 'Good morning'],
      [1, 'Yes.'],
      [0, 'Well'],
    ]);
  });

  it('splits at a pause of more than 0.9 s', () => {
    const words = [said(0, 'One.', 0, 1), said(0, 'Two.', 1.9, 2), said(0, 'Three.', 3, 4)];
    assert.deepEqual(texts(words), [
      [0, 'One. Two.'],
      [0, 'Three.'],
    ]);
  });

  it('splits after a sentence once an utterance is longer than 30 s', () => {
    const words = Array.from({ length: 50 }, (_, i) => said(0, i % 10 === 9 ? 'end.' : 'word', i, i + 0.9));
    assert.deepEqual(
      utterancesOf(words).map((utterance) => utterance.words.length),
      [40, 10],
    );
  });

  it('returns no utterances without words', () => assert.deepEqual(utterancesOf([]), []));
});
