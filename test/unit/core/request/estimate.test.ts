import assert from 'node:assert/strict';
import fc from 'fast-check';
import { estimateText, extentOf, isLong, listPrice } from '../../../../src/core/request/estimate';

const source = `(AssemblyAI’s list price of ${listPrice.asOf})`;
const say = (durations: readonly (number | null)[], price: number | null = listPrice.perHour): string =>
  estimateText(extentOf(durations), price);

const durations = fc.array(fc.option(fc.integer({ min: 1, max: 36_000 }), { nil: null }), {
  minLength: 1,
  maxLength: 30,
});

describe('extentOf', () => {
  it('adds known durations and counts unknown ones', () => {
    assert.deepEqual(extentOf([60, null, 0, NaN, Infinity, -1, 30.5]), {
      count: 7,
      seconds: 90.5,
      unknown: 5,
    });
    assert.deepEqual(extentOf([]), { count: 0, seconds: 0, unknown: 0 });
  });
});

describe('estimateText', () => {
  it('tells how much there is and what it costs', () => {
    assert.equal(say([3600, 4000, 440]), `3 recordings, 2 h 14 min, about $0.51 at $0.23 an hour ${source}`);
    assert.equal(say([43]), `1 recording, 43 s, less than $0.01 at $0.23 an hour ${source}`);
  });

  it('names another rate as the user’s own, with its digits', () => {
    assert.equal(say([7200], 0.125), '1 recording, 2 h, about $0.25 at $0.125 an hour (steno.pricePerHour)');
    assert.equal(say([7200], 12), '1 recording, 2 h, about $24.00 at $12.00 an hour (steno.pricePerHour)');
    assert.equal(say([7200], 0), '1 recording, 2 h');
  });

  it('promises no more than it knows', () => {
    assert.equal(
      say([3600, null]),
      `2 recordings, at least 1 h (1 of unknown length), at least $0.23 at $0.23 an hour ${source}`,
    );
    assert.equal(say([null, null]), `2 recordings of unknown length, $0.23 an hour ${source}`);
    assert.equal(say([null], 0), '1 recording of unknown length');
    assert.equal(
      say([43, null]),
      `2 recordings, at least 43 s (1 of unknown length), $0.23 an hour ${source}`,
    );
    assert.equal(say([null], null), '1 recording of unknown length');
    assert.equal(
      say([7800, null], null),
      '2 recordings, at least 2 h 10 min (1 of unknown length), at least 10 min on this machine',
    );
  });

  it('estimates time instead of money on this machine', () => {
    assert.equal(say([3600, 4000, 440], null), '3 recordings, 2 h 14 min, about 11 min on this machine');
    assert.equal(say([10], null), '1 recording, 10 s, about 1 min on this machine');
  });

  it('names a price that is right to the cent', () => {
    fc.assert(
      fc.property(durations, fc.double({ min: 0.01, max: 10, noNaN: true }), (each, rate) => {
        const text = say(each, rate);
        const known = each.reduce<number>((sum, seconds) => sum + (seconds ?? 0), 0);
        const price = (known / 3600) * rate;
        const named = /(?:about|at least) \$(\d+\.\d\d) at/.exec(text)?.[1];
        if (named === undefined) {
          assert.ok(price < 0.01, text);
        } else {
          assert.ok(Math.abs(Number(named) - price) <= 0.0051, text);
        }
      }),
    );
  });

  it('says “at least” exactly where something is not known', () => {
    fc.assert(
      fc.property(durations, fc.constantFrom(null, 0.5, 1), (each, rate) => {
        const text = say(each, rate);
        const isPartly = each.includes(null) && each.some((seconds) => seconds !== null);
        assert.equal(text.includes('at least'), isPartly, text);
        assert.equal(text.includes('unknown length'), each.includes(null), text);
        assert.equal(text.includes('$'), rate !== null, text);
        assert.doesNotMatch(text, /NaN|undefined|Infinity/);
      }),
    );
  });
});

describe('isLong', () => {
  it('asks above the limit, about many unknown ones, or always', () => {
    assert.equal(isLong(extentOf([3600]), 60), false);
    assert.equal(isLong(extentOf([3600, 1]), 60), true);
    assert.equal(isLong(extentOf(Array<null>(5).fill(null)), 60), false);
    assert.equal(isLong(extentOf(Array<null>(6).fill(null)), 60), true);
    assert.equal(isLong(extentOf([null]), 0), true);
    assert.equal(isLong(extentOf([1]), 0), true);
  });

  it('is never true for less and false for more', () => {
    fc.assert(
      fc.property(durations, durations, fc.integer({ min: 0, max: 600 }), (some, more, minutes) => {
        const [less, all] = [extentOf(some), extentOf([...some, ...more])];
        assert.ok(!isLong(less, minutes) || isLong(all, minutes));
      }),
    );
  });
});
