import assert from 'node:assert/strict';
import { eveningFactor, scatter } from '../../../../../src/local/speech/speakers/scatter';
import { WindowList, type SpeakerWindow } from '../../../../../src/local/speech/speakers/windowList';
import { recordingOf, turnsOf, voiceOf } from './recordings';

const voices = [voiceOf(1), voiceOf(2)];

function listOf(windows: readonly SpeakerWindow[]): WindowList {
  const list = new WindowList(windows[0]?.embedding.length ?? 0);
  windows.forEach((window) => list.push(window));
  return list;
}

describe('scatter of a voice', () => {
  it('is measured, whether one or two are speaking', () => {
    for (const deviation of [0.6, 1, 1.4]) {
      const one = scatter(recordingOf(turnsOf(voices.slice(0, 1), 12, 6), 5, deviation));
      const two = scatter(recordingOf(turnsOf(voices, 12, 6), 5, deviation));
      assert.ok(Math.abs(one - two) < 0.2 * one);
      assert.ok(one > 0.5 * deviation ** 2 && one < 1.5 * deviation ** 2);
    }
  });

  it('is taken for the usual one where nothing is known', () => {
    assert.equal(scatter([]), 1);
    assert.equal(scatter(recordingOf([{ voice: voices[0]!, seconds: 1 }], 5)), 1);
  });

  it('is nearly the same in all recordings when it is evened out', () => {
    const evened = (deviation: number): number => {
      const windows = recordingOf(turnsOf(voices, 12, 6), 5, deviation);
      return scatter(listOf(windows).scaled(eveningFactor(windows)));
    };
    assert.ok(evened(1.4) / evened(0.7) < 1.6);
    assert.ok(evened(1.4) > evened(0.7));
  });

  it('is scaled without touching the times of windows', () => {
    const window = { startSeconds: 1, endSeconds: 2, embedding: Float32Array.of(2, -4) };
    assert.deepEqual([...listOf([window]).scaled(1.5)], [{ ...window, embedding: Float32Array.of(3, -6) }]);
  });
});
