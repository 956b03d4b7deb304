import assert from 'node:assert/strict';
import fc from 'fast-check';
import { OwnerWatch, type SignOfLife } from '../../../../src/core/jobs/owners';

/** Looks until a window's job may be taken over; 0 when that is never within 30. */
function looksUntilTaken(isNear: boolean, signOf: (look: number) => SignOfLife): number {
  const watch = new OwnerWatch();
  for (let look = 1; look <= 30; look++) {
    watch.look(['other'], new Map([['other', signOf(look)]]));
    if (watch.mayTakeOver('other', isNear)) {
      return look;
    }
  }
  return 0;
}

describe('OwnerWatch', () => {
  it('leaves a window alone that beats, however seldom that is seen', () => {
    assert.equal(
      looksUntilTaken(true, (look) => String(look)),
      0,
    );
    assert.equal(
      looksUntilTaken(true, (look) => String(Math.floor(look / 5))),
      0,
    );
  });

  it('takes over at once what a window left that is known to be gone, and three looks later what lies elsewhere', () => {
    assert.equal(
      looksUntilTaken(true, () => undefined),
      1,
    );
    assert.equal(
      looksUntilTaken(false, () => undefined),
      4,
    );
  });

  it('takes over what a silent window left after five looks in a row', () => {
    assert.equal(
      looksUntilTaken(true, () => 'same'),
      6,
    );
    assert.equal(
      looksUntilTaken(false, () => 'same'),
      9,
    );
    assert.equal(
      looksUntilTaken(true, (look) => (look < 5 ? 'same' : 'same again')),
      10,
    );
  });

  it('takes a window that beats again for alive', () => {
    const watch = new OwnerWatch();
    watch.look(['other'], new Map());
    assert.deepEqual([watch.isGone('other'), watch.gone], [true, ['other']]);
    watch.look(['other'], new Map([['other', 'beat']]));
    assert.deepEqual([watch.isGone('other'), watch.gone], [false, []]);
    assert.ok(!watch.isGone('never seen') && !watch.mayTakeOver('never seen', true));
  });

  const everyMs = 5000;
  const windows = 4;

  interface Course {
    /** When each window's timer goes off first, ms. */
    readonly phases: readonly number[];
    /** How late timers go off, in turn, ms. */
    readonly delays: readonly number[];
    /** Which window is killed, and when. */
    readonly killed: number;
    readonly killedMs: number;
    /** When the machine goes to sleep, and when it wakes. */
    readonly sleeps: readonly { readonly fromMs: number; readonly untilMs: number }[];
  }

  const sleep = fc
    .tuple(fc.nat({ max: 300_000 }), fc.integer({ min: 1, max: 1e6 }))
    .map(([fromMs, lengthMs]) => ({ fromMs, untilMs: fromMs + lengthMs }));

  const course: fc.Arbitrary<Course> = fc.record({
    phases: fc.array(fc.nat({ max: everyMs - 1 }), { minLength: windows, maxLength: windows }),
    delays: fc.array(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 40 }),
    killed: fc.nat({ max: windows - 1 }),
    killedMs: fc.integer({ min: 0, max: 200_000 }),
    sleeps: fc.array(sleep, { maxLength: 3 }),
  });

  /**
   * Lets windows beat and look, each every 5 s or somewhat later, and one die without a word.
   * @returns how many looks after the kill the slowest of the others took over what is near, and what lies elsewhere
   */
  function play({ phases, delays, killed, killedMs, sleeps }: Course): readonly [number, number] {
    const beats = phases.map(() => 0);
    const watches = phases.map(() => new OwnerWatch());
    const looks = phases.map(() => 0);
    const due = [...phases];
    let taken: readonly [number, number] = [0, 0];
    for (
      let turn = 0;
      watches.some((watch, me) => me !== killed && !watch.mayTakeOver(String(killed), false));
      turn++
    ) {
      assert.ok(turn < 5000, 'It is never taken over');
      const nowMs = Math.min(...due);
      const me = due.indexOf(nowMs);
      const delayMs = delays[turn % delays.length]!;
      const slept = sleeps.find(({ fromMs, untilMs }) => fromMs <= nowMs && nowMs < untilMs);
      if (slept !== undefined) {
        // What was due meanwhile is done once it is awake, in whatever order.
        due[me] = slept.untilMs + delayMs;
        continue;
      }
      due[me] = me === killed && nowMs >= killedMs ? Infinity : nowMs + everyMs + delayMs;
      if (due[me] === Infinity) {
        continue;
      }
      beats[me]!++;
      looks[me]! += nowMs >= killedMs ? 1 : 0;
      const others = beats.flatMap((count, other) =>
        other === me ? [] : [[String(other), `beat ${count}`] as const],
      );
      const watch = watches[me]!;
      const before = [watch.mayTakeOver(String(killed), true), watch.mayTakeOver(String(killed), false)];
      watch.look([], new Map(others));
      const isOver = (owner: string): boolean => Number(owner) === killed && nowMs >= killedMs;
      assert.deepEqual(
        watch.gone.filter((owner) => !isOver(owner)),
        [],
      );
      if (me !== killed) {
        const [near, far] = [true, false].map((isNear, index) =>
          !before[index] && watch.mayTakeOver(String(killed), isNear) ? looks[me]! : 0,
        );
        taken = [Math.max(taken[0], near!), Math.max(taken[1], far!)];
      }
    }
    return taken;
  }

  it('never takes a living window for dead, and takes over from a killed one within nine looks', () => {
    let slowest: readonly [number, number] = [0, 0];
    fc.assert(
      fc.property(course, (any) => {
        const [near, far] = play(any);
        slowest = [Math.max(slowest[0], near), Math.max(slowest[1], far)];
      }),
      { seed: 7, numRuns: 500 },
    );
    assert.deepEqual(slowest, [6, 9]);
  });
});
