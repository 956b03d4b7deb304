import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { VirtualClock } from '../../support/virtualClock';

describe('The virtual clock', () => {
  const { signal } = new AbortController();

  /** Sleeps, and then notes its name and how much time had passed. */
  function noting(clock: VirtualClock, notes: string[]): (name: string, ms: number) => Promise<void> {
    const startMs = clock.now();
    return async (name, ms) => {
      await clock.sleep(ms, signal);
      notes.push(`${name} ${clock.now() - startMs}`);
    };
  }

  it('wakes sleepers in the order of their times, and those of the same time in the order of their sleep', async () => {
    const clock = new VirtualClock();
    const notes: string[] = [];
    const note = noting(clock, notes);
    void note('late', 30);
    void note('early', 10);
    void note('early too', 10);
    void note('at once', -5);
    await clock.runUntilIdle();
    assert.deepEqual(notes, ['at once 0', 'early 10', 'early too 10', 'late 30']);
  });

  it('lets one finish before the next wakes, so that it can sleep again in between', async () => {
    const clock = new VirtualClock();
    const notes: string[] = [];
    const note = noting(clock, notes);
    void note('first', 10).then(() => note('second', 5));
    void note('third', 20);
    await clock.runUntilIdle();
    assert.deepEqual(notes, ['first 10', 'second 15', 'third 20']);
    assert.deepEqual(clock.slept, [10, 20, 5]);
  });

  it('advances by as much as it is told', async () => {
    const clock = new VirtualClock(0);
    const notes: string[] = [];
    const note = noting(clock, notes);
    void note('due', 100);
    void note('not due', 101);
    await clock.advance(100);
    assert.deepEqual([notes, clock.now(), clock.sleepers], [['due 100'], 100, 1]);
    await clock.advance(50);
    assert.deepEqual([notes, clock.now(), clock.sleepers], [['due 100', 'not due 101'], 150, 0]);
  });

  it('runs until work is done, and not longer', async () => {
    const clock = new VirtualClock(0);
    const forEver = clock.sleep(1_000_000, signal);
    assert.equal(await clock.run(clock.sleep(20, signal).then(() => 'done')), 'done');
    assert.equal(clock.now(), 20);
    await assert.rejects(
      clock.run(clock.sleep(5, signal).then(() => assert.fail('as the work does'))),
      /as the work does/,
    );
    await clock.run(forEver);
  });

  it('says so when work would wait forever', async () => {
    const never = new Promise<void>(() => undefined);
    await assert.rejects(new VirtualClock().run(never), /something other than the clock/);
  });

  it('wakes a sleeper that is aborted, with the reason', async () => {
    const clock = new VirtualClock();
    const controller = new AbortController();
    const reason = new Error('enough');
    const asleep = clock.sleep(10, controller.signal);
    controller.abort(reason);
    await assert.rejects(asleep, reason);
    assert.equal(clock.sleepers, 0);
    await assert.rejects(clock.sleep(10, controller.signal), reason);
  });

  it('leaves nothing behind at the signal of a sleep that is over', async () => {
    const clock = new VirtualClock();
    await clock.run(clock.sleep(10, signal));
    assert.deepEqual(getEventListeners(signal, 'abort'), []);
  });

  it('can have its calendar changed during a sleep', async () => {
    const clock = new VirtualClock(0);
    const asleep = clock.sleep(10, signal);
    clock.jump(-3_600_000);
    await clock.run(asleep);
    assert.equal(clock.now(), -3_600_000 + 10);
  });
});
