import assert from 'node:assert/strict';
import fc from 'fast-check';
import { OwnerWatch, type Heartbeat } from '../../../../src/core/jobs/ownerWatch';

/** How many observations it takes until a window's job may be taken over; 0 where 30 are not enough. */
function roundsUntilTaken(isNear: boolean, heartbeatOf: (round: number) => Heartbeat): number {
  const watch = new OwnerWatch();
  for (let round = 1; round <= 30; round++) {
    watch.observe(['other'], new Map([['other', heartbeatOf(round)]]));
    if (watch.mayTakeOver('other', isNear)) {
      return round;
    }
  }
  return 0;
}

describe('OwnerWatch', () => {
  it('leaves a window alone that beats, however seldom it beats', () => {
    assert.equal(
      roundsUntilTaken(true, (round) => String(round)),
      0,
    );
    assert.equal(
      roundsUntilTaken(true, (round) => String(Math.floor(round / 5))),
      0,
    );
  });

  it('takes over the near jobs of a window that is gone at once, and its other jobs three observations later', () => {
    assert.equal(
      roundsUntilTaken(true, () => undefined),
      1,
    );
    assert.equal(
      roundsUntilTaken(false, () => undefined),
      4,
    );
  });

  it('takes over the jobs of a silent window after five observations in a row', () => {
    assert.equal(
      roundsUntilTaken(true, () => 'same'),
      6,
    );
    assert.equal(
      roundsUntilTaken(false, () => 'same'),
      9,
    );
    assert.equal(
      roundsUntilTaken(true, (round) => (round < 5 ? 'same' : 'same again')),
      10,
    );
  });

  it('counts a window as alive when it beats again', () => {
    const watch = new OwnerWatch();
    watch.observe(['other'], new Map());
    assert.deepEqual([watch.isGone('other'), watch.gone], [true, ['other']]);
    watch.observe(['other'], new Map([['other', 'beat']]));
    assert.deepEqual([watch.isGone('other'), watch.gone], [false, []]);
    assert.ok(!watch.isGone('never seen') && !watch.mayTakeOver('never seen', true));
  });

  const everyMs = 5000;
  const windows = 4;

  interface Course {
    /** When the timer of each window fires first, ms. */
    readonly phases: readonly number[];
    /** How late timers fire, in turn, ms. */
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
   * Lets windows beat and observe each other, each every 5 s or somewhat later, and kills one of them.
   * @returns how many observations after the kill the slowest of the others took over its near jobs, and its other jobs
   */
  function play({ phases, delays, killed, killedMs, sleeps }: Course): readonly [number, number] {
    const beats = phases.map(() => 0);
    const watches = phases.map(() => new OwnerWatch());
    const rounds = phases.map(() => 0);
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
        // What was due meanwhile is done once the machine is awake, in any order.
        due[me] = slept.untilMs + delayMs;
        continue;
      }
      due[me] = me === killed && nowMs >= killedMs ? Infinity : nowMs + everyMs + delayMs;
      if (due[me] === Infinity) {
        continue;
      }
      beats[me]!++;
      rounds[me]! += nowMs >= killedMs ? 1 : 0;
      const others = beats.flatMap((count, other) =>
        other === me ? [] : [[String(other), `beat ${count}`] as const],
      );
      const watch = watches[me]!;
      const before = [watch.mayTakeOver(String(killed), true), watch.mayTakeOver(String(killed), false)];
      watch.observe([], new Map(others));
      const isOver = (owner: string): boolean => Number(owner) === killed && nowMs >= killedMs;
      assert.deepEqual(
        watch.gone.filter((owner) => !isOver(owner)),
        [],
      );
      if (me !== killed) {
        const [near, far] = [true, false].map((isNear, index) =>
          !before[index] && watch.mayTakeOver(String(killed), isNear) ? rounds[me]! : 0,
        );
        taken = [Math.max(taken[0], near!), Math.max(taken[1], far!)];
      }
    }
    return taken;
  }

  it('never counts a living window as dead, and takes over from a killed one within nine observations', () => {
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
