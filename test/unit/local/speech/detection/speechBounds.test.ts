import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sampleRate } from '../../../../../src/audio/sound/sound';
import {
  type Bounds,
  SpeechBounds,
  windowSamples,
} from '../../../../../src/local/speech/detection/speechBounds';

const second = sampleRate / windowSamples;

/** Probabilities for so many seconds. */
const lasting = (seconds: number, probability: number) =>
  Array.from({ length: Math.round(seconds * second) }, () => probability);

function boundsOf(probabilities: readonly number[]): Bounds[] {
  const bounds = new SpeechBounds();
  const found = probabilities.flatMap((probability) => bounds.add(probability) ?? []);
  return found.concat(bounds.end(probabilities.length * windowSamples) ?? []);
}

const seconds = (bounds: readonly Bounds[]) =>
  bounds.map(({ from, to }) => [from, to].map((samples) => Math.round((samples * 10) / sampleRate) / 10));

describe('finding the bounds of speech', () => {
  it('finds nothing in silence', () => {
    assert.deepEqual(boundsOf(lasting(60, 0.1)), []);
    assert.deepEqual(boundsOf([]), []);
  });

  it('gives speech with a little of what is around it', () => {
    const found = boundsOf([...lasting(2, 0), ...lasting(3, 0.9), ...lasting(2, 0)]);
    assert.deepEqual(seconds(found), [[1.8, 5.3]]);
  });

  it('lets speech at the beginning and the end of the sound go up to there', () => {
    assert.deepEqual(seconds(boundsOf(lasting(3, 0.9))), [[0, 3]]);
  });

  it('goes on over short pauses and over doubts', () => {
    const found = boundsOf([
      ...lasting(2, 0.9),
      ...lasting(0.3, 0),
      ...lasting(2, 0.9),
      ...lasting(2, 0.4),
      ...lasting(2, 0),
    ]);
    assert.deepEqual(seconds(found), [[0, 6.6]]);
  });

  it('leaves out clicks', () => {
    assert.deepEqual(boundsOf([...lasting(1, 0), ...lasting(0.1, 0.99), ...lasting(1, 0)]), []);
  });

  it('cuts long speech where it is most like silence', () => {
    const found = boundsOf([...lasting(12, 0.95), 0.4, ...lasting(14, 0.95), ...lasting(1, 0)]);
    assert.deepEqual(seconds(found), [
      [0, 12],
      [12, 26.3],
    ]);
  });

  it('leaves out the next to nothing after a cut at the end of the sound', () => {
    const found = boundsOf([...lasting(20, 0.9), 0.4]);
    assert.deepEqual(seconds(found), [[0, 20]]);
  });

  it('gives bounds in order, without overlaps, of bounded length, inside of the sound', () => {
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
        assert.ok(end <= probabilities.length * windowSamples);
      }),
    );
  });

  it('never asks for what it called settled', () => {
    const probabilities = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 300 });
    fc.assert(
      fc.property(probabilities, (all) => {
        const bounds = new SpeechBounds();
        for (const probability of all) {
          const settled = bounds.settled;
          const found = bounds.add(probability);
          assert.ok(!found || found.from >= settled);
        }
      }),
    );
  });
});
