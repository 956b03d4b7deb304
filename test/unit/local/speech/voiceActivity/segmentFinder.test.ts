import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sampleRate } from '../../../../../src/audio/sound/sound';
import {
  type SegmentBounds,
  SegmentFinder,
  vadWindowSamples,
} from '../../../../../src/local/speech/voiceActivity/segmentFinder';

const second = sampleRate / vadWindowSamples;

/** The same probability for a number of seconds. */
const lasting = (seconds: number, probability: number) =>
  Array.from({ length: Math.round(seconds * second) }, () => probability);

function boundsOf(probabilities: readonly number[]): SegmentBounds[] {
  const finder = new SegmentFinder();
  const found = probabilities.flatMap((probability) => finder.add(probability) ?? []);
  return found.concat(finder.finish(probabilities.length * vadWindowSamples) ?? []);
}

const seconds = (bounds: readonly SegmentBounds[]) =>
  bounds.map(({ from, to }) => [from, to].map((samples) => Math.round((samples * 10) / sampleRate) / 10));

describe('SegmentFinder', () => {
  it('finds nothing in silence', () => {
    assert.deepEqual(boundsOf(lasting(60, 0.1)), []);
    assert.deepEqual(boundsOf([]), []);
  });

  it('pads segments on both sides', () => {
    const found = boundsOf([...lasting(2, 0), ...lasting(3, 0.9), ...lasting(2, 0)]);
    assert.deepEqual(seconds(found), [[1.8, 5.3]]);
  });

  it('does not pad beyond the sound', () => {
    assert.deepEqual(seconds(boundsOf(lasting(3, 0.9))), [[0, 3]]);
  });

  it('continues segments across short pauses and doubtful windows', () => {
    const found = boundsOf([
      ...lasting(2, 0.9),
      ...lasting(0.3, 0),
      ...lasting(2, 0.9),
      ...lasting(2, 0.4),
      ...lasting(2, 0),
    ]);
    assert.deepEqual(seconds(found), [[0, 6.6]]);
  });

  it('ignores clicks', () => {
    assert.deepEqual(boundsOf([...lasting(1, 0), ...lasting(0.1, 0.99), ...lasting(1, 0)]), []);
  });

  it('cuts long speech at its quietest window', () => {
    const found = boundsOf([...lasting(12, 0.95), 0.4, ...lasting(14, 0.95), ...lasting(1, 0)]);
    assert.deepEqual(seconds(found), [
      [0, 12],
      [12, 26.3],
    ]);
  });

  it('ignores a tiny rest after a cut at the end of the sound', () => {
    const found = boundsOf([...lasting(20, 0.9), 0.4]);
    assert.deepEqual(seconds(found), [[0, 20]]);
  });

  it('returns segments of limited length within the sound, in order and without overlaps', () => {
    const runs = fc.array(
      fc.tuple(fc.double({ min: 0.05, max: 30, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(runs, (all) => {
        const probabilities = all.flatMap(([duration, probability]) => lasting(duration, probability));
        let end = 0;
        for (const { from, to } of boundsOf(probabilities)) {
          assert.ok(from >= end && to - from >= 0.2 * sampleRate);
          assert.ok(to - from < 21 * sampleRate);
          end = to;
        }
        assert.ok(end <= probabilities.length * vadWindowSamples);
      }),
    );
  });

  it('never returns a segment that starts before the settled position', () => {
    const probabilities = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 300 });
    fc.assert(
      fc.property(probabilities, (all) => {
        const finder = new SegmentFinder();
        for (const probability of all) {
          const settled = finder.settled;
          const found = finder.add(probability);
          assert.ok(!found || found.from >= settled);
        }
      }),
    );
  });
});
