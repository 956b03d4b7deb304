import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc, { type Scheduler } from 'fast-check';
import { stateOf } from '../../../../src/core/jobs/jobEntry';
import { MemoryFolder } from '../../../support/memoryJournal';
import { InterleavedWindow } from './interleavedJobs';
import { JobsStage, outcomesOf } from './jobsStage';

/** Two windows of one machine, in which any two calls may be in any order. */
class Play {
  readonly folder = new MemoryFolder();
  /** Lists that had a job twice. */
  readonly mistakes: string[] = [];
  readonly windows: readonly InterleavedWindow[];

  constructor(scheduler: Scheduler) {
    const isGone = (id: string): boolean => this.windows.some((window) => window.id === id && window.isGone);
    const check = (): void => this.check();
    this.windows = ['one', 'two'].map(
      (id) => new InterleavedWindow(this.folder, id, isGone, scheduler, check),
    );
  }

  /** Kept rather than thrown, since the jobs would handle an error. */
  private check(): void {
    for (const { id, ids } of this.windows) {
      if (new Set(ids).size !== ids.length) {
        this.mistakes.push(`${id} lists ${ids.join()}`);
      }
    }
  }

  /** Fails if a list ever had a job twice, or if a window does not list now what is in the journal. */
  checkEnd(): void {
    assert.deepEqual(this.mistakes, []);
    const { open, done } = this.folder;
    const known = [...open.keys(), ...done.keys()].toSorted();
    for (const { ids, isGone } of this.windows) {
      assert.ok(isGone || ids.toSorted().join() === known.join(), `${ids.join()} instead of ${known.join()}`);
    }
  }
}

type Act = (play: Play) => Promise<unknown>;

/** An act, and how many calls come before the next act. */
type Step = readonly [act: Act, calls: number];

const aWindow = fc.nat({ max: 1 });
const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 3 }), { minLength: 1 });

const byWindow = (act: (window: InterleavedWindow) => Promise<unknown>): fc.Arbitrary<Act> =>
  aWindow.map((index) => async ({ windows }) => {
    const window = windows[index]!;
    await (!window.isGone && act(window));
  });

const anAct: fc.Arbitrary<Act> = fc.oneof(
  fc.tuple(aWindow, numbers, fc.boolean()).map(
    ([index, chosen, force]) =>
      ({ windows }: Play) =>
        windows[index]!.order(chosen, force),
  ),
  byWindow(({ jobs }) => jobs.maintain()),
  byWindow(({ jobs }) => jobs.maintain()),
  byWindow(({ jobs, ids }) => jobs.cancel(ids)),
  byWindow(({ jobs, ids }) => jobs.retry(ids, () => undefined)),
  byWindow(async ({ jobs, ids: [first] }) => {
    await (first !== undefined && jobs.forget(first));
  }),
  byWindow(({ jobs }) => jobs.maintain()),
);

const kill: Act = ({ windows: [one] }) => {
  one!.isGone = true;
  one!.jobs.dispose();
  return Promise.resolve();
};

const aStep = fc.tuple(anAct, fc.nat({ max: 20 }));

const steps: fc.Arbitrary<readonly Step[]> = fc
  .tuple(
    fc.array(aStep, { maxLength: 15, size: 'max' }),
    fc.constantFrom<readonly Step[]>([], [[kill, 0]]),
    fc.array(aStep, { maxLength: 8, size: 'max' }),
  )
  .map(([before, end, after]) => [...before, ...end, ...after]);

describe('The list of jobs', () => {
  it('has each job once, whatever happens at the same time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), steps, async (scheduler, all) => {
        const play = new Play(scheduler);
        const running: Promise<unknown>[] = [];
        for (const [act, calls] of all) {
          running.push(act(play));
          for (let left = calls; left > 0 && scheduler.count() > 0; left--) {
            await scheduler.waitNext(1);
          }
        }
        await scheduler.waitFor(Promise.all(running));
        await scheduler.waitIdle();
        for (const { jobs, isGone } of play.windows) {
          await (!isGone && scheduler.waitFor(jobs.maintain()));
          await scheduler.waitIdle();
        }
        play.checkEnd();
      }),
      { numRuns: 300, seed: 20_261_122 },
    );
  });
});

describe('The list of jobs on disk', () => {
  let stage: JobsStage;

  beforeEach(() => (stage = new JobsStage()));
  afterEach(() => stage.remove());

  it('has a job once that the journal has closed, and that its window has not noticed yet', async () => {
    const window = stage.window();
    const finish = window.journal.finish.bind(window.journal);
    const listed: string[][] = [];
    window.journal.finish = async (job) => {
      await finish(job);
      await window.jobs.maintain();
      listed.push(window.jobs.entries.map((entry) => `${entry.job.recording.name} ${stateOf(entry)}`));
    };
    await window.transcribe(await stage.recordings(1));
    assert.deepEqual(listed, [['talk-1.mp3 done']]);
  });

  it('has a recording once that is transcribed again, as it is now', async () => {
    const window = stage.window();
    const recordings = await stage.recordings(1);
    await window.transcribe(recordings);
    stage.service.hold('upload');
    rmSync(join(stage.root, 'talk-1.mp3.aai.json'));
    const again = await window.order(recordings);
    await stage.called('upload', 2);
    assert.deepEqual(window.jobs.entries.map(stateOf), ['running']);
    stage.service.release();
    await outcomesOf(again);
    assert.deepEqual(window.jobs.entries.map(stateOf), ['done']);
  });
});
