import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SpeakerProjection } from '../../../../../src/local/speech/speakers/projection';
import {
  longWindows,
  shortWindows,
  spans,
  SpeakerWindows,
} from '../../../../../src/local/speech/speakers/voiceWindows';

/** Passes the mean and the deviation of one channel on as they are. */
const asItIs: SpeakerProjection = {
  dimensions: 2,
  features: 2,
  weights: Float32Array.of(1, 0, 0, 1),
  betweenSpeakers: [1, 1],
};

describe('windows of speakers', () => {
  it('are 66 frames every 16, and the last one ends with the speech', () => {
    assert.deepEqual(spans(100, longWindows), [
      [0, 66],
      [16, 82],
      [32, 98],
      [34, 100],
    ]);
  });

  it('take short speech as a whole, and none from less than 0.2 s', () => {
    assert.deepEqual(spans(66, longWindows), [[0, 66]]);
    assert.deepEqual(spans(8, longWindows), [[0, 8]]);
    assert.deepEqual(spans(7, longWindows), []);
    assert.deepEqual(spans(-3, longWindows), []);
  });

  it('are half as long to find who speaks when', () => {
    assert.deepEqual(spans(45, shortWindows), [
      [0, 33],
      [8, 41],
      [12, 45],
    ]);
    const windows = new SpeakerWindows(asItIs);
    windows.add([new Float32Array(45)], 45, [{ atFrame: 0, frames: 45, startSeconds: 0 }]);
    assert.deepEqual([windows.long.length, windows.short.length], [1, 3]);
  });

  it('cover all of the speech without a gap', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 8, max: 2000 }),
        fc.constantFrom(longWindows, shortWindows),
        (frames, lengths) => {
          let covered = 0;
          for (const [from, to] of spans(frames, lengths)) {
            assert.ok(from <= covered && to - from <= lengths.window && to > covered);
            covered = to;
          }
          assert.equal(covered, frames);
        },
      ),
    );
  });

  it('hold the mean and the deviation of each channel', () => {
    const windows = new SpeakerWindows(asItIs);
    const layer = Float32Array.from({ length: 20 }, (_, frame) => (frame % 2 === 0 ? 1 : 5));
    windows.add([layer], 20, [{ atFrame: 10, frames: 10, startSeconds: 7 }]);
    const [window, ...others] = windows.long;
    assert.deepEqual(others, []);
    assert.equal(window?.startSeconds, 7);
    assert.ok(Math.abs(window.endSeconds - 7.24) < 1e-9);
    assert.deepEqual([...window.embedding], [3, 2]);
  });

  it('add up what the features of several channels say', () => {
    const windows = new SpeakerWindows({
      ...asItIs,
      features: 4,
      weights: Float32Array.of(1, 0, 0, 0, 0, 1, 0, 0),
    });
    const layer = Float32Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 2 : 6));
    windows.add([layer], 20, [{ atFrame: 0, frames: 20, startSeconds: 0 }]);
    assert.deepEqual([...(windows.long.at(0)?.embedding ?? [])], [2, 6]);
  });

  it('do not reach over the end of what was encoded', () => {
    const windows = new SpeakerWindows(asItIs);
    windows.add([new Float32Array(30).fill(1)], 30, [{ atFrame: 12, frames: 50, startSeconds: 0 }]);
    assert.equal(windows.long.length, 1);
    assert.ok(Math.abs((windows.long.at(0)?.endSeconds ?? 0) - 18 * 0.024) < 1e-9);
  });
});
