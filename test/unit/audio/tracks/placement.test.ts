import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Placement, spanAt, spanStart } from '../../../../src/audio/tracks/placement';

const rate = 1000;
const grain = 20;

interface Timed {
  readonly at: number;
  readonly length: number;
}

/** Packets of 20 ms in a row, each with what is added to its time, in ms. */
function packets(count: number, late: (number: number) => number): Timed[] {
  return Array.from({ length: count }, (_, i) => ({ at: (i * grain + late(i)) / 1000, length: grain }));
}

function placesOf(placement: Placement, pieces: readonly Timed[]): (number | undefined)[] {
  return pieces.map(({ at, length }) => placement.place(at, length));
}

describe('Placement', () => {
  it('takes no notice of times that a container rounded', () => {
    const pieces = packets(5000, (i) => Math.sin(i));
    assert.deepEqual(
      placesOf(new Placement(rate, grain), pieces),
      pieces.map((_, i) => i * grain),
    );
  });

  it('lays the first piece of each span where its time says', () => {
    // 30 ms late from the beginning of the second span on, which is too little to be a gap.
    const pieces = packets(1500, (i) => (i < 500 ? 0 : 30));
    const places = placesOf(new Placement(rate, 1), pieces);
    assert.deepEqual(places.slice(498, 502), [9960, 9980, 10_030, 10_050]);
  });

  it('keeps to the grid behind a gap', () => {
    const pieces = packets(1000, (i) => (i < 100 ? 0 : 202));
    assert.deepEqual(placesOf(new Placement(rate, grain), pieces).slice(99, 102), [1980, 2200, 2220]);
  });

  it('says that times start anew', () => {
    const placement = new Placement(rate, grain);
    placesOf(
      placement,
      packets(200, () => 0),
    );
    assert.equal(placement.hasRestarted, false);
    const again = packets(3, () => 0);
    assert.deepEqual(placesOf(placement, again), [4000, 4020, 4040]);
    assert.equal(placement.hasRestarted, true);
  });

  it('places from the middle as from the beginning, whatever the times', () => {
    const run = fc.record({
      count: fc.nat(400),
      lateBy: fc.nat(60_000),
      jitter: fc.nat(40),
      drift: fc.double({ min: 0, max: 0.4, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(run, { minLength: 1, maxLength: 6 }), fc.nat(40), (runs, span) => {
        let late = 0;
        const lates = runs.flatMap(({ count, lateBy, jitter, drift }) => {
          late += lateBy;
          return Array.from({ length: count }, (_, i) => {
            late += drift;
            return late + jitter * Math.sin(i);
          });
        });
        const pieces = packets(lates.length, (i) => lates[i]!);
        const whole = new Placement(rate, grain);
        const places = placesOf(whole, pieces);
        fc.pre(whole.origin !== undefined && span > spanAt(whole.origin / rate));
        // As the placement does, by whole samples.
        const first = pieces.findIndex(({ at }) => Math.round(at * rate) >= spanStart(span) * rate);
        const begin = Math.max(0, pieces.findIndex(({ at }) => at >= spanStart(span) - 2) - 1);
        const part = new Placement(rate, grain, { origin: whole.origin, span });
        const placed = placesOf(part, pieces.slice(begin));
        if (first >= 0) {
          assert.deepEqual(placed.slice(first - begin), places.slice(first));
        }
        assert.ok(placed.slice(0, Math.max(0, first - begin)).every((place) => place === undefined));
      }),
    );
  });
});
