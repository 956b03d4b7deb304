import assert from 'node:assert/strict';
import { scatterCorrection, scatter } from '../../../../../src/local/speech/speakers/scatter';
import { VoiceWindowList, type VoiceWindow } from '../../../../../src/local/speech/speakers/voiceWindows';
import { recordingOf, turnsOf, voiceOf } from './syntheticRecordings';

const voices = [voiceOf(1), voiceOf(2)];

function listOf(windows: readonly VoiceWindow[]): VoiceWindowList {
  const list = new VoiceWindowList(windows[0]?.embedding.length ?? 0);
  windows.forEach((window) => list.push(window));
  return list;
}

describe('The scatter of a voice', () => {
  it('is estimated from one or two voices', () => {
    for (const deviation of [0.6, 1, 1.4]) {
      const one = scatter(recordingOf(turnsOf(voices.slice(0, 1), 12, 6), 5, deviation));
      const two = scatter(recordingOf(turnsOf(voices, 12, 6), 5, deviation));
      assert.ok(Math.abs(one - two) < 0.2 * one);
      assert.ok(one > 0.5 * deviation ** 2 && one < 1.5 * deviation ** 2);
    }
  });

  it('is the usual one if nothing is known', () => {
    assert.equal(scatter([]), 1);
    assert.equal(scatter(recordingOf([{ voice: voices[0]!, seconds: 1 }], 5)), 1);
  });

  it('is similar in all recordings after the correction', () => {
    const corrected = (deviation: number): number => {
      const windows = recordingOf(turnsOf(voices, 12, 6), 5, deviation);
      return scatter(listOf(windows).scaled(scatterCorrection(windows)));
    };
    assert.ok(corrected(1.4) / corrected(0.7) < 1.6);
    assert.ok(corrected(1.4) > corrected(0.7));
  });

  it('is corrected without changing the times of windows', () => {
    const window = { startSeconds: 1, endSeconds: 2, embedding: Float32Array.of(2, -4) };
    assert.deepEqual([...listOf([window]).scaled(1.5)], [{ ...window, embedding: Float32Array.of(3, -6) }]);
  });
});
