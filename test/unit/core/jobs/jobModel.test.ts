import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Job } from '../../../../src/core/jobs/job';
import type { CallFault, Ending } from '../../../support/jobWorld';
import { JobWorld } from '../../../support/jobWorld';
import { JobWindow, type Stop } from '../../../support/jobWindow';

const names = ['one', 'two'] as const;
type Name = (typeof names)[number];

const second = 1000;
const hour = 3600 * second;

/** Two windows of one machine, and what happens to them. */
class Play {
  readonly world = new JobWorld();
  private starts = 0;
  private readonly windows = new Map<Name, JobWindow>();

  constructor() {
    names.forEach((name) => this.start(name));
  }

  /** The window, if it can act. */
  alive(name: Name): JobWindow | undefined {
    const window = this.windows.get(name);
    return window?.state === 'alive' ? window : undefined;
  }

  /** Starts a window that has crashed. */
  start(name: Name): void {
    const before = this.windows.get(name);
    if (before === undefined || before.state === 'dead') {
      const isGone = (id: string): boolean =>
        ![...this.windows.values()].some((window) => window.id === id && !window.seemsGone);
      const window = new JobWindow(this.world, `${name} ${++this.starts}`, isGone);
      this.windows.set(name, window);
      void window.maintain();
    }
  }

  thaw(name: Name): void {
    this.windows.get(name)?.thaw();
  }

  /** Lets both windows run undisturbed, so that all is finished that can be. */
  async calm(): Promise<void> {
    for (const name of names) {
      this.thaw(name);
      this.start(name);
      this.windows.get(name)?.calm();
    }
    await this.world.clock.advance(0);
    for (let round = 0; round < 6; round++) {
      for (const window of this.windows.values()) {
        void window.maintain();
        void window.retry();
        await this.world.clock.runUntilIdle();
      }
    }
  }

  check(): void {
    assert.deepEqual(this.world.mistakes, []);
    for (const { job, owner } of this.world.folder.open.values()) {
      const window = [...this.windows.values()].find(({ id }) => id === owner);
      const isWorkedOn = window?.active.has(job.id) === true || window?.state !== 'alive';
      // A window whose journal refused the end of a job finds that job the next time it maintains its jobs.
      assert.ok(
        job.halt !== null || isWorkedOn || window.hasLost(job.id),
        `No window works on ${job.stage.phase}`,
      );
    }
  }

  /** Forgotten jobs that are still in the journal. */
  remains(): readonly string[] {
    const { forgotten, folder } = this.world;
    return [...forgotten].filter((id) => folder.open.has(id) || folder.done.has(id));
  }

  async checkEnd(): Promise<void> {
    const { world } = this;
    await this.calm();
    this.check();
    assert.deepEqual(this.remains(), []);
    void this.alive('one')?.choose();
    await world.clock.runUntilIdle();
    await this.calm();
    this.check();
    const { version } = world.recording;
    assert.equal(world.notesOf(version).length, 1, 'its note');
    for (let earlier = 1; earlier < version; earlier++) {
      assert.ok(world.notesOf(earlier).length <= 1, 'the note of what was there before');
    }
    for (const { job } of world.folder.open.values()) {
      const { modifiedMs, path } = job.recording;
      // A recording that is gone cannot be sent.
      const isGone = modifiedMs < version || (path !== world.recording.path && !isPaid(job));
      assert.ok(job.halt !== null && isGone, `${job.id} is ${job.stage.phase}`);
    }
  }
}

function isPaid({ stage }: Job): boolean {
  return 'transcriptId' in stage || stage.phase === 'submitting';
}

type Model = Record<string, never>;

/** One event. */
class Act implements fc.AsyncCommand<Model, Play> {
  constructor(
    private readonly text: string,
    private readonly act: (play: Play) => unknown,
  ) {}

  check(): boolean {
    return true;
  }

  async run(_model: Model, play: Play): Promise<void> {
    await this.act(play);
    await play.world.clock.advance(0);
    play.check();
  }

  toString(): string {
    return this.text;
  }
}

const aWindow = fc.constantFrom(...names);

function byWindow(what: string, act: (window: JobWindow, play: Play) => unknown): fc.Arbitrary<Act> {
  return aWindow.map(
    (name) =>
      new Act(`${name} ${what}`, (play) => {
        const window = play.alive(name);
        if (window !== undefined) {
          // Not awaited: it may never end.
          void act(window, play);
        }
      }),
  );
}

const stop: fc.Arbitrary<Stop> = fc.record({
  calls: fc.nat(30),
  when: fc.constantFrom('before', 'after'),
  how: fc.constantFrom('crash', 'freeze'),
});

const when = fc.constantFrom('before' as const, 'after' as const);
const fault: fc.Arbitrary<CallFault> = fc.oneof(
  fc.record({
    name: fc.constantFrom('upload', 'submit', 'find', 'get'),
    kind: fc.constantFrom('network', 'timeout', 'server', 'unexpectedAnswer'),
    when,
  }),
  fc.record({
    name: fc.constantFrom('upload', 'submit', 'find', 'get', 'service'),
    kind: fc.constantFrom('keyRejected', 'rateLimited', 'billing'),
    when: fc.constant('before' as const),
  }),
  fc.constant({ name: 'submit', kind: 'network', code: 'ECONNREFUSED', when: 'before' } as const),
  fc.constant({ name: 'submit', kind: 'uploadForbidden', when: 'before' } as const),
  fc.record({ name: fc.constant('submit'), kind: fc.constant('cancelledWhileSubmitting' as const), when }),
  fc.record({
    name: fc.constantFrom(
      'create',
      'claim',
      'write',
      'write',
      'keepTranscript',
      'ensureOwn',
      'finish',
      'forget',
    ),
    kind: fc.constant('journalUnwritable' as const),
    when,
  }),
  fc.record({ name: fc.constant('saveSidecar'), kind: fc.constant('sidecarUnwritable' as const), when }),
  fc.record({ name: fc.constant('saveNote'), kind: fc.constant('noteUnwritable' as const), when }),
);

const endings: readonly Ending[] = ['serverError', 'uploadLost', 'tooShort'];

const acts: fc.Arbitrary<Act>[] = [
  byWindow('chooses', (window) => window.choose()),
  byWindow('chooses', (window) => window.choose()),
  byWindow('maintains', (window) => window.maintain()),
  byWindow('maintains', (window) => window.maintain()),
  byWindow('tries again', (window) => window.retry()),
  byWindow('cancels', (window) => window.cancel()),
  byWindow('forgets', (window) => window.forget()),
  byWindow('crashes', (window) => window.crash()),
  byWindow('freezes', (window) => window.freeze()),
  aWindow.map((name) => new Act(`${name} starts`, (play) => play.start(name))),
  aWindow.map((name) => new Act(`${name} thaws`, (play) => play.thaw(name))),
  fc
    .tuple(aWindow, stop)
    .map(
      ([name, at]) =>
        new Act(`${name} ${at.how} ${at.when} call ${at.calls}`, (play) => play.alive(name)?.stopAt(at)),
    ),
  fc
    .tuple(aWindow, fault)
    .map(
      ([name, { ...next }]) =>
        new Act(`${name} ${next.kind} ${next.when} ${next.name}`, (play) =>
          play.alive(name)?.faults.push(next),
        ),
    ),
  fc
    .constantFrom(...endings)
    .map((ending) => new Act(`next ends as ${ending}`, ({ world }) => (world.nextEnding = ending))),
  fc
    .integer({ min: 1, max: 28 })
    .map((lag) => new Act(`list lags ${lag} s`, ({ world }) => (world.listLagMs = lag * second))),
  fc
    .constantFrom(second, 5 * second, 20 * second, 40 * second, 600 * second, hour, 21 * hour, 25 * hour)
    .map((ms) => new Act(`${ms / second} s pass`, ({ world }) => world.clock.advance(ms))),
  fc.constant(new Act('moved', ({ world }) => world.move())),
  fc.constant(new Act('changed', ({ world }) => world.change())),
  fc.constant(new Act('deleted at the service', ({ world }) => world.deleteAtService())),
];

/** The same runs each time. `STENO_MODEL_RUNS` sets another number of runs, which are different each time. */
const runs = process.env['STENO_MODEL_RUNS'];
const parameters = runs === undefined ? { numRuns: 1500, seed: 20_261_122 } : { numRuns: Number(runs) };

describe('Jobs, whatever happens', () => {
  it('are paid for once and end in one note', async function () {
    this.timeout(runs === undefined ? 60_000 : 0);
    await fc.assert(
      fc.asyncProperty(fc.commands(acts, { maxCommands: 40, size: 'max' }), async (commands) => {
        const play = new Play();
        await fc.asyncModelRun(() => ({ model: {}, real: play }), commands);
        await play.checkEnd();
      }),
      parameters,
    );
  });
});
