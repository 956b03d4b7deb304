import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SpeakerProjection } from '../../../../../src/local/speech/speakers/speakerProjection';
import {
  longWindowLayout,
  shortWindowLayout,
  windowSpans,
  VoiceWindowCollector,
} from '../../../../../src/local/speech/speakers/voiceWindowCollector';

/** Takes the mean and the deviation of one channel as the embedding. */
const identity: SpeakerProjection = {
  dimensions: 2,
  features: 2,
  weights: Float32Array.of(1, 0, 0, 1),
  betweenSpeakers: [1, 1],
};

describe('Voice windows', () => {
  it('have 66 frames every 16 frames, and the last one ends with the speech', () => {
    assert.deepEqual(windowSpans(100, longWindowLayout), [
      [0, 66],
      [16, 82],
      [32, 98],
      [34, 100],
    ]);
  });

  it('cover short speech as a whole, and none below 0.2 s', () => {
    assert.deepEqual(windowSpans(66, longWindowLayout), [[0, 66]]);
    assert.deepEqual(windowSpans(8, longWindowLayout), [[0, 8]]);
    assert.deepEqual(windowSpans(7, longWindowLayout), []);
    assert.deepEqual(windowSpans(-3, longWindowLayout), []);
  });

  it('are half as long for finding out who speaks when', () => {
    assert.deepEqual(windowSpans(45, shortWindowLayout), [
      [0, 33],
      [8, 41],
      [12, 45],
    ]);
    const windows = new VoiceWindowCollector(identity);
    windows.add([new Float32Array(45)], 45, [{ firstFrame: 0, frames: 45, startSeconds: 0 }]);
    assert.deepEqual([windows.long.length, windows.short.length], [1, 3]);
  });

  it('cover all speech without gaps', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 8, max: 2000 }),
        fc.constantFrom(longWindowLayout, shortWindowLayout),
        (frames, layout) => {
          let covered = 0;
          for (const [from, to] of windowSpans(frames, layout)) {
            assert.ok(from <= covered && to - from <= layout.frames && to > covered);
            covered = to;
          }
          assert.equal(covered, frames);
        },
      ),
    );
  });

  it('contain the mean and the deviation of each channel', () => {
    const windows = new VoiceWindowCollector(identity);
    const layer = Float32Array.from({ length: 20 }, (_, frame) => (frame % 2 === 0 ? 1 : 5));
    windows.add([layer], 20, [{ firstFrame: 10, frames: 10, startSeconds: 7 }]);
    const [window, ...others] = windows.long;
    assert.deepEqual(others, []);
    assert.equal(window?.startSeconds, 7);
    assert.ok(Math.abs(window.endSeconds - 7.24) < 1e-9);
    assert.deepEqual([...window.embedding], [3, 2]);
  });

  it('add up the features of several channels', () => {
    const windows = new VoiceWindowCollector({
      ...identity,
      features: 4,
      weights: Float32Array.of(1, 0, 0, 0, 0, 1, 0, 0),
    });
    const layer = Float32Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 2 : 6));
    windows.add([layer], 20, [{ firstFrame: 0, frames: 20, startSeconds: 0 }]);
    assert.deepEqual([...(windows.long.at(0)?.embedding ?? [])], [2, 6]);
  });

  it('end with the encoded frames', () => {
    const windows = new VoiceWindowCollector(identity);
    windows.add([new Float32Array(30).fill(1)], 30, [{ firstFrame: 12, frames: 50, startSeconds: 0 }]);
    assert.equal(windows.long.length, 1);
    assert.ok(Math.abs((windows.long.at(0)?.endSeconds ?? 0) - 18 * 0.024) < 1e-9);
  });
});
