import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  isThrottled,
  limitOf,
  nextToStart,
  slotsAfter,
  allSlots,
  type PolledJobs,
  type Slots,
} from '../../../../src/core/jobs/slots';

const nowMs = Date.UTC(2026, 10, 22, 9, 30);
const calmMs = 60_000;
const setting = fc.integer({ min: 1, max: 200 });

interface Look extends PolledJobs {
  /** Since the poll before, ms; negative if the calendar was set back. */
  readonly afterMs: number;
}

const looks: fc.Arbitrary<Look[]> = fc.array(
  fc.record({
    throttled: fc.nat(5),
    processing: fc.nat(250),
    afterMs: fc.oneof(fc.nat(100_000), fc.integer({ min: -10_000_000, max: -1 })),
  }),
);

function afterLooks(seenLooks: readonly Look[]): { readonly slots: Slots; readonly endMs: number } {
  let endMs = nowMs;
  let slots = allSlots;
  for (const { afterMs, ...look } of seenLooks) {
    endMs += afterMs;
    slots = slotsAfter(slots, look, endMs);
  }
  return { slots, endMs };
}

describe('The limit of jobs', () => {
  it('is the setting as long as none was held back', () => {
    assert.equal(limitOf(allSlots, 4, nowMs), 4);
    assert.equal(limitOf(slotsAfter(allSlots, { throttled: 0, processing: 2 }, nowMs), 4, nowMs), 4);
  });

  it('is never below 1 nor above the setting', () => {
    fc.assert(
      fc.property(looks, setting, fc.integer({ min: -10_000_000, max: 10_000_000 }), (all, wanted, ms) => {
        const { slots, endMs } = afterLooks(all);
        const limit = limitOf(slots, wanted, endMs + ms);
        assert.ok(Number.isInteger(limit) && limit >= 1 && limit <= wanted, String(limit));
      }),
    );
  });

  it('is what the service processes, as soon as it holds one back', () => {
    fc.assert(
      fc.property(looks, fc.integer({ min: 1, max: 5 }), fc.nat(250), setting, (all, throttled, own, max) => {
        const { slots, endMs } = afterLooks(all);
        const limit = limitOf(slotsAfter(slots, { throttled, processing: own }, endMs), max, endMs);
        assert.equal(limit, Math.max(1, Math.min(max, own)));
      }),
    );
  });

  it('grows by one in each minute without one held back', () => {
    for (const processing of [0, 1]) {
      const slots = slotsAfter(allSlots, { throttled: 2, processing }, nowMs);
      const limits = [0, 1, 2, 3, 4].map((minutes) => limitOf(slots, 4, nowMs + minutes * calmMs));
      assert.deepEqual(limits, [1, 2, 3, 4, 4]);
      assert.equal(limitOf(slots, 4, nowMs + calmMs - 1), 1);
    }
  });

  it('stays where it is when the calendar is set back', () => {
    const slots = slotsAfter(allSlots, { throttled: 1, processing: 3 }, nowMs);
    assert.equal(limitOf(slots, 4, nowMs - 10 * calmMs), 3);
  });

  it('does not grow while one is held back', () => {
    let slots = allSlots;
    for (let second = 0; second <= 600; second += 10) {
      slots = slotsAfter(slots, { throttled: 1, processing: 2 }, nowMs + 1000 * second);
    }
    assert.equal(limitOf(slots, 4, nowMs + 600_000), 2);
  });

  it('comes back to the setting, whatever polls told and however the calendar was changed', () => {
    fc.assert(
      fc.property(looks, setting, (all, wanted) => {
        const { slots, endMs } = afterLooks(all);
        const calm = slotsAfter(slots, { throttled: 0, processing: 0 }, endMs);
        assert.equal(limitOf(calm, wanted, endMs + wanted * calmMs), wanted);
      }),
    );
  });
});

describe('isThrottled', () => {
  it('reads the field of that name', () => {
    const body = { id: 'job', status: 'queued' } as const;
    const told = [true, false, null, undefined].map((throttled) => isThrottled({ ...body, throttled }));
    assert.deepEqual(told, [true, false, false, false]);
    assert.equal(isThrottled(body), false);
  });
});

describe('nextToStart', () => {
  const waiting = fc.array(fc.record({ id: fc.string(), chosenMs: fc.nat(5), hasBegun: fc.boolean() }));

  it('fills the free slots with interrupted jobs first, then in the order in which jobs were chosen', () => {
    const jobs = [
      { id: 'c', chosenMs: 30, hasBegun: false },
      { id: 'a', chosenMs: 10, hasBegun: false },
      { id: 'b', chosenMs: 20, hasBegun: false },
    ];
    const idsOf = (more: typeof jobs): string[] => nextToStart(more, 2, 4).map(({ id }) => id);
    assert.deepEqual(idsOf(jobs), ['a', 'b']);
    assert.deepEqual(idsOf([...jobs, { id: 'd', chosenMs: 40, hasBegun: true }]), ['d', 'a']);
  });

  it('starts nothing beyond the limit', () => {
    fc.assert(
      fc.property(waiting, fc.nat(10), fc.nat(10), (jobs, running, limit) => {
        const started = nextToStart(jobs, running, limit);
        assert.equal(started.length, Math.min(jobs.length, Math.max(0, limit - running)));
      }),
    );
  });

  it('starts no job before one that was chosen earlier, and keeps the order of jobs that were chosen together', () => {
    fc.assert(
      fc.property(waiting, fc.nat(10), (chosen, limit) => {
        const jobs = chosen.map((job) => ({ ...job, hasBegun: false }));
        const places = nextToStart(jobs, 0, limit).map((job) => [job.chosenMs, jobs.indexOf(job)] as const);
        const sorted = places.toSorted(([a, i], [b, j]) => a - b || i - j);
        assert.deepEqual(places, sorted);
        const last = places.at(-1)?.[0] ?? 0;
        const left = jobs.filter((_, index) => !places.some(([, place]) => place === index));
        assert.ok(places.length < limit || left.every(({ chosenMs }) => chosenMs >= last));
      }),
    );
  });
});
