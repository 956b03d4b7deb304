import { asFailure, Failure } from '../../src/core/failures/failure';
import { halted, hasTranscript, keptFailure, mayRunAtService, type Job } from '../../src/core/jobs/job';
import { JobRun } from '../../src/core/jobs/jobRun';
import { Poller } from '../../src/core/jobs/poller';
import { needsConsent } from '../../src/core/jobs/resumption';
import type { JobJournal } from '../../src/core/jobs/jobFiles';
import { silentLog } from './fakeJobs';
import type { CallFault, JobWorld, Passage } from './jobWorld';
import { MemoryJournal } from './memoryJournal';
import { seededRandom } from './seededRandom';
import { nothingSpecial } from './plainInstructions';
import type { Clock } from '../../src/core/ports';

/** Where a window stops: so many calls from now, before or after the effect of the call. */
export interface Stop {
  readonly calls: number;
  readonly when: 'before' | 'after';
  /** A window that crashes never goes on; one that freezes may. */
  readonly how: 'crash' | 'freeze';
}

type State = 'alive' | 'frozen' | 'dead';

/** A window counts as gone when it has not beaten for that long. */
const silentMs = 25_000;

/**
 * Calls at which a window must not freeze. No protocol can protect the moment between the journal's answer and the first
 * byte to the service or the disk.
 */
const unprotected: Readonly<Record<Stop['when'], readonly string[]>> = {
  before: ['submit', 'saveNote', 'forget', 'finish'],
  after: ['ensureOwn'],
};

/** A window of VS Code with its jobs, which can crash and freeze at any call that leaves it. */
export class JobWindow {
  state: State = 'alive';
  readonly active = new Map<string, AbortController>();
  readonly faults: CallFault[] = [];
  private readonly journal: MemoryJournal;
  private readonly random = seededRandom(5);
  private readonly clock: Clock;
  private stop: Stop | undefined;
  private frozenMs = 0;
  private callsLeft = 0;
  private thawed: Promise<void> = Promise.resolve();
  private thawNow: () => void = () => undefined;

  constructor(
    private readonly world: JobWorld,
    readonly id: string,
    /** Whether another window is gone, so that its jobs may be taken. */
    private readonly isGone: (windowId: string) => boolean,
  ) {
    this.journal = new MemoryJournal(world.folder, id);
    const { clock } = world;
    this.clock = {
      now: () => clock.now(),
      sleep: async (ms, signal) => {
        try {
          await clock.sleep(ms, signal);
        } finally {
          await this.going();
        }
      },
    };
  }

  stopAt(stop: Stop): void {
    this.stop = stop;
    this.callsLeft = stop.calls;
  }

  crash(): void {
    this.state = 'dead';
    this.stop = undefined;
  }

  /** From now on nothing goes wrong. */
  calm(): void {
    this.stop = undefined;
    this.faults.length = 0;
  }

  /** Whether this window had a job whose end it could not write down. */
  hasLost(id: string): boolean {
    return !this.active.has(id) && this.world.folder.open.get(id)?.owner === this.id;
  }

  /** Whether other windows may take over its jobs. */
  get seemsGone(): boolean {
    const isSilent = this.state === 'frozen' && this.world.clock.now() - this.frozenMs >= silentMs;
    return this.state === 'dead' || isSilent;
  }

  freeze(): void {
    if (this.state === 'alive') {
      this.state = 'frozen';
      this.frozenMs = this.world.clock.now();
      this.thawed = new Promise((resolve) => (this.thawNow = resolve));
    }
  }

  thaw(): void {
    if (this.state === 'frozen') {
      this.state = 'alive';
      this.thawNow();
    }
  }

  /** The user chooses the recording. */
  async choose(): Promise<void> {
    const { world } = this;
    const recording = world.now();
    const open = [...world.folder.open.values()].map(({ job }) => job);
    const same = open.find(({ recording: { modifiedMs } }) => modifiedMs === recording.modifiedMs);
    const id = same?.id ?? `v${recording.modifiedMs} ${recording.path}`;
    if (this.active.has(id) || world.notesOf(recording.modifiedMs).length > 0) {
      return;
    }
    world.giveUp(recording.modifiedMs, ({ isDeleted }) => isDeleted);
    await this.quietly(async () => {
      const fresh = world.fresh(id);
      const create = (): boolean => {
        world.forgotten.delete(id);
        return this.journal.create(fresh);
      };
      const isNew = await this.orReleased(id, () => this.pass('create', create));
      const job = isNew ? fresh : await this.claim(id);
      if (job !== undefined) {
        this.work({ ...job, recording, notePath: fresh.notePath });
      }
    });
  }

  /** What the window does every few seconds: it goes on with jobs of windows that are gone, or that it lost itself. */
  async maintain(): Promise<void> {
    for (const { job, owner } of [...this.world.folder.open.values()]) {
      if (job.halt === null && this.mayClaim(owner, job.id)) {
        await this.quietly(async () => this.resume(await this.claim(job.id)));
      }
    }
  }

  /** The user tries all halted jobs again. */
  async retry(): Promise<void> {
    for (const { job } of [...this.world.folder.open.values()]) {
      if (job.halt !== null && !this.active.has(job.id)) {
        this.world.giveUp(job.recording.modifiedMs, ({ isDeleted }) => isDeleted);
        await this.quietly(async () => {
          const claimed = await this.claim(job.id);
          if (claimed !== undefined) {
            this.work(claimed);
          }
        });
      }
    }
  }

  cancel(): void {
    this.active.forEach((controller) => controller.abort());
  }

  /** The user forgets all halted jobs. */
  forget(): void {
    for (const { job } of [...this.world.folder.open.values()]) {
      if (job.halt !== null) {
        this.world.giveUp(job.recording.modifiedMs, () => true);
        this.world.forgotten.add(job.id);
        this.journal.forget(job.id);
      }
    }
  }

  private async claim(id: string): Promise<Job | undefined> {
    const claim = (): Job | undefined => {
      const entry = this.world.folder.open.get(id);
      const isFree = entry !== undefined && (entry.job.halt !== null || this.mayClaim(entry.owner, id));
      return isFree ? this.journal.claim(id) : undefined;
    };
    const job = await this.orReleased(id, () => this.pass('claim', claim));
    return job && { ...job, halt: null };
  }

  /** A job that could not be claimed is not this window's, whatever the disk says. */
  private async orReleased<T>(id: string, claim: () => Promise<T>): Promise<T> {
    try {
      return await claim();
    } catch (thrown) {
      this.journal.release(id);
      throw thrown;
    }
  }

  private mayClaim(owner: string, id: string): boolean {
    return !this.active.has(id) && (owner === this.id ? !this.journal.has(id) : this.isGone(owner));
  }

  private async resume(job: Job | undefined): Promise<void> {
    if (job === undefined) {
      return;
    }
    if (needsConsent(job, this.clock.now())) {
      const failure = keptFailure(new Failure('interrupted', 'VS Code ended'));
      const waiting = halted(job, { reason: 'failed', failure }, this.clock.now());
      await this.orReleased(job.id, () => this.passedJournal().write(waiting));
    } else {
      this.work(job);
    }
  }

  private work(job: Job): void {
    const controller = new AbortController();
    this.active.set(job.id, controller);
    void this.workUntilEnd(job, controller.signal).finally(() => {
      this.active.delete(job.id);
      this.journal.release(job.id);
    });
  }

  private async workUntilEnd(job: Job, signal: AbortSignal): Promise<void> {
    const { clock, random, world } = this;
    const api = world.api(this.pass);
    const journal = this.passedJournal();
    const poller = new Poller({ api, clock, random, log: silentLog });
    const run = new JobRun(job, {
      service: () => this.pass('service', () => ({ api, poller })),
      journal,
      files: world.files(this.pass),
      clock,
      random,
      log: silentLog,
      signal,
      withSecrets: nothingSpecial.withSecrets,
      beforeDone: nothingSpecial.beforeDone,
      onProgress: () => undefined,
    });
    try {
      const done = await run.run();
      await this.quietly(() => this.pass('finish', () => this.journal.finish(done)));
    } catch (thrown) {
      this.expectFailure(thrown);
      await this.quietly(() => this.settle(run.current, asFailure(thrown), signal));
    }
  }

  private async settle(job: Job, failure: Failure, signal: AbortSignal): Promise<void> {
    if (failure.kind === 'takenOver') {
      return;
    }
    if (!signal.aborted) {
      const kept = keptFailure(failure);
      await this.passedJournal().write(halted(job, { reason: 'failed', failure: kept }, this.clock.now()));
    } else if (mayRunAtService(job) || hasTranscript(job)) {
      await this.passedJournal().write(halted(job, { reason: 'detached' }, this.clock.now()));
    } else {
      await this.journal.ensureOwn(job.id);
      await this.pass('forget', () => this.journal.forget(job.id));
    }
  }

  /** The journal, with each call passing. */
  private passedJournal(): JobJournal {
    const { journal, pass } = this;
    return {
      write: (job) => pass('write', () => journal.write(job)),
      ensureOwn: (id) => pass('ensureOwn', () => journal.ensureOwn(id)),
      keepTranscript: (id, body) => pass('keepTranscript', () => journal.keepTranscript(id, body)),
      keptTranscript: (id) => pass('keptTranscript', () => journal.keptTranscript(id)),
      keptPath: (id) => journal.keptPath(id),
    };
  }

  private readonly pass: Passage = async (name, effect, signal) => {
    await this.going();
    if (signal?.aborted === true) {
      throw new Failure('cancelled', 'Cancelled');
    }
    this.callsLeft--;
    const fault = this.faultOf(name);
    await this.goingPast(name, 'before', fault);
    const result = await effect();
    await this.goingPast(name, 'after', fault);
    return result;
  };

  private async goingPast(name: string, when: Stop['when'], fault: CallFault | undefined): Promise<void> {
    if (this.stop?.when === when && this.callsLeft < 0) {
      this.halt(name, this.stop);
    }
    await this.going();
    if (fault?.when === when) {
      throw failureOf(fault);
    }
  }

  private halt(name: string, { how, when }: Stop): void {
    this.stop = undefined;
    if (how === 'crash') {
      this.crash();
    } else if (!unprotected[when].includes(name)) {
      this.freeze();
    }
  }

  private faultOf(name: string): CallFault | undefined {
    const index = this.faults.findIndex((fault) => fault.name === name);
    return index < 0 ? undefined : this.faults.splice(index, 1)[0];
  }

  /** Resolves when this window goes on; never when it is dead. */
  private async going(): Promise<void> {
    while (this.state === 'frozen') {
      await this.thawed;
    }
    if (this.state === 'dead') {
      await new Promise(() => undefined);
    }
  }

  /** Does what a window would log the failure of. */
  private async quietly(action: () => Promise<unknown>): Promise<void> {
    try {
      await action();
    } catch (thrown) {
      this.expectFailure(thrown);
    }
  }

  private expectFailure(thrown: unknown): void {
    if (!(thrown instanceof Failure) || thrown.kind === 'unexpected') {
      this.world.mistakes.push(String(thrown));
    }
  }
}

function failureOf({ kind, code }: CallFault): Failure {
  return new Failure(kind, 'As the test wants it', { code });
}
