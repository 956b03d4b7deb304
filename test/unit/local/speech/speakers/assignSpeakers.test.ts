import assert from 'node:assert/strict';
import type { RecognisedWord } from '../../../../../src/local/recognition/recognisedSpeech';
import type { SpeakerCountRange } from '../../../../../src/local/recognition/recogniser';
import { assignSpeakers } from '../../../../../src/local/speech/speakers/assignSpeakers';
import type { SpeakerProjection } from '../../../../../src/local/speech/speakers/speakerProjection';
import { VoiceWindowCollector } from '../../../../../src/local/speech/speakers/voiceWindowCollector';
import { utterancesOf } from '../../../../../src/local/speech/utterances/utterances';
import { betweenSpeakers, normals, type Turn, turnsOf, voiceOf, wordsOf } from './syntheticRecordings';

const dimensions = betweenSpeakers.length;
const frameSeconds = 0.024;

/** Takes the means of the first channels, one for each dimension, as the embedding. */
const projection: SpeakerProjection = {
  dimensions,
  features: 2 * dimensions,
  weights: Float32Array.from({ length: 2 * dimensions * dimensions }, (_, i) =>
    Math.floor(i / dimensions) === 2 * (i % dimensions) ? 1 : 0,
  ),
  betweenSpeakers,
};

/** Collects windows from frames like those of the recogniser's encoder. Each turn is a part. */
function windowsOf(turns: readonly Turn[], deviation = 1): VoiceWindowCollector {
  const windows = new VoiceWindowCollector(projection);
  const normal = normals(11);
  let startSeconds = 0;
  for (const { voice, seconds } of turns) {
    const frames = Math.round(seconds / frameSeconds);
    const layer = new Float32Array(frames * dimensions);
    // The mean of 66 frames then has this standard deviation.
    for (let i = 0; i < layer.length; i++) {
      layer[i] = (voice[i % dimensions] ?? 0) + deviation * Math.sqrt(66) * normal();
    }
    windows.add([layer], frames, [{ firstFrame: 0, frames, startSeconds }]);
    startSeconds += seconds + 0.4;
  }
  return windows;
}

/** The words with their speakers, and their utterances. */
function assign(windows: VoiceWindowCollector, words: readonly RecognisedWord[], range: SpeakerCountRange) {
  const attributed = assignSpeakers(windows, words, range);
  return { words: attributed, utterances: utterancesOf(attributed) };
}

describe('assignSpeakers', () => {
  it('tells speakers apart and numbers them as they appear, with one utterance for each turn', () => {
    const turns = turnsOf([voiceOf(3), voiceOf(1), voiceOf(2)], 12, 5);
    const { words } = wordsOf(turns);
    const spoken = assign(windowsOf(turns), words, { min: 1, max: 10 });
    assert.deepEqual(
      spoken.utterances.map(({ speaker }) => speaker),
      [0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2],
    );
    assert.deepEqual(
      spoken.utterances.flatMap((utterance) => utterance.words),
      spoken.words,
    );
    assert.deepEqual(
      spoken.words.map(({ text, startMs, endMs, confidence }) => ({ text, startMs, endMs, confidence })),
      words,
    );
  });

  it('tells speakers apart if the channel moves all voices equally far, and voices scatter little', () => {
    const far = [voiceOf(1), voiceOf(4)].map((voice) => voice.map((value) => 0.5 * value + 20));
    const turns = turnsOf(far, 8, 5);
    const spoken = assign(windowsOf(turns, 0.5), wordsOf(turns).words, { min: 1, max: 10 });
    assert.deepEqual(
      spoken.utterances.map(({ speaker }) => speaker),
      [0, 1, 0, 1, 0, 1, 0, 1],
    );
  });

  it('finds one speaker if the range allows only one', () => {
    const turns = turnsOf([voiceOf(1), voiceOf(2)], 6);
    const { words } = assign(windowsOf(turns), wordsOf(turns).words, { min: 1, max: 1 });
    assert.deepEqual([...new Set(words.map(({ speaker }) => speaker))], [0]);
  });

  it('finds one speaker if there are no windows', () => {
    const { words } = wordsOf(turnsOf([voiceOf(1)], 2));
    const spoken = assign(new VoiceWindowCollector(projection), words, { min: 2, max: 2 });
    assert.ok(spoken.words.every(({ speaker }) => speaker === 0));
    assert.equal(spoken.utterances.length, 1);
  });

  it('returns nothing without words', () => {
    const spoken = assign(windowsOf(turnsOf([voiceOf(1)], 2)), [], { min: 1, max: 10 });
    assert.deepEqual(spoken, { words: [], utterances: [] });
  });
});
