import assert from 'node:assert/strict';
import { assignSpeakers } from '../../../../../src/local/speech/speakers/assignSpeakers';
import type { SpeakerProjection } from '../../../../../src/local/speech/speakers/projection';
import { SpeakerWindows } from '../../../../../src/local/speech/speakers/voiceWindows';
import { betweenSpeakers, normals, type Turn, turnsOf, voiceOf, wordsOf } from './recordings';

const dimensions = betweenSpeakers.length;
const frameSeconds = 0.024;

/** Takes the mean of as many channels as there are dimensions for the embedding. */
const projection: SpeakerProjection = {
  dimensions,
  features: 2 * dimensions,
  weights: Float32Array.from({ length: 2 * dimensions * dimensions }, (_, i) =>
    Math.floor(i / dimensions) === 2 * (i % dimensions) ? 1 : 0,
  ),
  betweenSpeakers,
};

/** Frames of the turns, each a part of its own, as the recogniser's encoder would give them. */
function windowsOf(turns: readonly Turn[], deviation = 1): SpeakerWindows {
  const windows = new SpeakerWindows(projection);
  const normal = normals(11);
  let startSeconds = 0;
  for (const { voice, seconds } of turns) {
    const frames = Math.round(seconds / frameSeconds);
    const layer = new Float32Array(frames * dimensions);
    // The mean of 66 frames then scatters with that deviation.
    for (let i = 0; i < layer.length; i++) {
      layer[i] = (voice[i % dimensions] ?? 0) + deviation * Math.sqrt(66) * normal();
    }
    windows.add([layer], frames, [{ atFrame: 0, frames, startSeconds }]);
    startSeconds += seconds + 0.4;
  }
  return windows;
}

describe('speakers', () => {
  it('are told apart and numbered as they appear, with one utterance for each turn', () => {
    const turns = turnsOf([voiceOf(3), voiceOf(1), voiceOf(2)], 12, 5);
    const { words } = wordsOf(turns);
    const spoken = assignSpeakers(windowsOf(turns), words, { min: 1, max: 10 });
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

  it('are told apart where the sound is the same far from the middle for all, and voices scatter little', () => {
    const far = [voiceOf(1), voiceOf(4)].map((voice) => voice.map((value) => 0.5 * value + 20));
    const turns = turnsOf(far, 8, 5);
    const spoken = assignSpeakers(windowsOf(turns, 0.5), wordsOf(turns).words, { min: 1, max: 10 });
    assert.deepEqual(
      spoken.utterances.map(({ speaker }) => speaker),
      [0, 1, 0, 1, 0, 1, 0, 1],
    );
  });

  it('are one when only one is asked for', () => {
    const turns = turnsOf([voiceOf(1), voiceOf(2)], 6);
    const { words } = assignSpeakers(windowsOf(turns), wordsOf(turns).words, { min: 1, max: 1 });
    assert.deepEqual([...new Set(words.map(({ speaker }) => speaker))], [0]);
  });

  it('are one when nothing is known of the voices', () => {
    const { words } = wordsOf(turnsOf([voiceOf(1)], 2));
    const spoken = assignSpeakers(new SpeakerWindows(projection), words, { min: 2, max: 2 });
    assert.ok(spoken.words.every(({ speaker }) => speaker === 0));
    assert.equal(spoken.utterances.length, 1);
  });

  it('say nothing without words', () => {
    const spoken = assignSpeakers(windowsOf(turnsOf([voiceOf(1)], 2)), [], { min: 1, max: 10 });
    assert.deepEqual(spoken, { words: [], utterances: [] });
  });
});
