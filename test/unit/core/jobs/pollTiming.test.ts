import assert from 'node:assert/strict';
import fc from 'fast-check';
import { firstPollDelayMs, pollDelayMs, type PollWait } from '../../../../src/core/jobs/pollTiming';

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const durationSeconds = fc.option(fc.integer({ min: 0, max: 36_000 }));
const wait: fc.Arbitrary<PollWait> = fc.record({
  elapsedMs: fc.integer({ min: -3_600_000, max: 100 * 3_600_000 }),
  durationSeconds,
  isHeldBack: fc.boolean(),
});
const short: PollWait = { elapsedMs: 0, durationSeconds: 120, isHeldBack: false };
const long: PollWait = { ...short, durationSeconds: 3600 };

/** The delay after so many seconds, without jitter. */
function delays(before: PollWait, ...seconds: readonly number[]): number[] {
  return seconds.map((each) => pollDelayMs({ ...before, elapsedMs: 1000 * each }, 0));
}

describe('pollDelayMs', () => {
  it('is never below 0.8 s nor above 15 s', () => {
    fc.assert(
      fc.property(wait, random, (each, number) => {
        const delay = pollDelayMs(each, number);
        assert.ok(Number.isInteger(delay) && delay >= 800 && delay <= 15_000, String(delay));
      }),
    );
  });

  it('grows with the wait', () => {
    fc.assert(
      fc.property(wait, fc.nat(3_600_000), random, (each, moreMs, number) => {
        const later = { ...each, elapsedMs: each.elapsedMs + moreMs };
        assert.ok(pollDelayMs(later, number) >= pollDelayMs(each, number));
      }),
    );
  });

  it('is a second for short recordings, and two after a minute', () => {
    assert.deepEqual(
      delays(short, 0, 10, 30, 60, 300, 450, 3600),
      [1000, 1000, 1000, 2000, 10_000, 15_000, 15_000],
    );
  });

  it('treats a recording of unknown length as a short one', () => {
    assert.deepEqual(delays({ ...short, durationSeconds: null }, 0, 60), delays(short, 0, 60));
  });

  it('is three seconds for those of five minutes and more', () => {
    assert.deepEqual(delays({ ...long, durationSeconds: 300 }, 0), [3000]);
    assert.deepEqual(delays({ ...long, durationSeconds: 299 }, 0), [1000]);
    assert.deepEqual(delays(long, 0, 60, 90, 120, 450, 3600), [3000, 3000, 3000, 4000, 15_000, 15_000]);
  });

  it('is longer while the job is held back', () => {
    fc.assert(
      fc.property(wait, random, (each, number) => {
        const held = pollDelayMs({ ...each, isHeldBack: true }, number);
        assert.ok(held >= pollDelayMs({ ...each, isHeldBack: false }, number));
      }),
    );
    assert.deepEqual(delays({ ...short, isHeldBack: true }, 0, 30, 60, 90), [5000, 5000, 10_000, 15_000]);
  });

  it('is spread over a fifth', () => {
    assert.equal(pollDelayMs(short, 0.999), 800);
    assert.equal(pollDelayMs(short, 0.5), 900);
  });
});

describe('firstPollDelayMs', () => {
  it('is up to two seconds for a job that was just submitted', () => {
    assert.deepEqual(
      [0, 0.5, 0.999].map((number) => firstPollDelayMs(0, number)),
      [2000, 1800, 1600],
    );
    assert.equal(firstPollDelayMs(60_000, 0), 2000);
  });

  it('is 0 for a job that was submitted more than a minute ago', () => {
    assert.equal(firstPollDelayMs(60_001, 0.5), 0);
  });

  it('is that of a new job if the calendar was set back', () => {
    assert.equal(firstPollDelayMs(-3_600_000, 0), 2000);
  });
});
