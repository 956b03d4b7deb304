import type { Scheduler } from 'fast-check';
import { Failure } from '../../../../src/core/failures/failure';
import type { Job, JobIn } from '../../../../src/core/jobs/job';
import type { JobFiles } from '../../../../src/core/jobs/jobFiles';
import type { JournalEntry } from '../../../../src/core/jobs/journalFormat';
import type { SpeechApi } from '../../../../src/core/jobs/speechApi';
import type { Recording } from '../../../../src/core/ports';
import { defaultInstructions } from '../../../../src/core/request/request';
import type { TranscriptBody } from '../../../../src/core/transcript/model';
import { Jobs, type JobsJournal } from '../../../../src/host/jobs/jobs';
import type { JournalListing } from '../../../../src/host/journal/journal';
import { JumpingClock, silentLog } from '../../../support/fakeJobs';
import type { MemoryFolder } from '../../../support/memoryJournal';
import { MemoryJournal } from '../../../support/memoryJournal';
import { nothingSpecial } from '../../../support/plainInstructions';

const service = 'https://api.example.test';

/** Makes a call whose effect and whose answer come when the scheduler says so. */
type Pass = <T>(name: string, effect: () => T | Promise<T>) => Promise<T>;

/**
 * A journal in memory each of whose calls waits for its turn. It reads open and done jobs at different moments and does
 * not compare them, so a job that moves in between is listed twice, or not at all.
 */
class ScheduledJournal implements JobsJournal {
  private readonly inner: MemoryJournal;

  constructor(
    private readonly folder: MemoryFolder,
    private readonly id: string,
    private readonly isGone: (window: string) => boolean,
    private readonly pass: Pass,
  ) {
    this.inner = new MemoryJournal(folder, id);
  }

  create(job: Job): Promise<boolean> {
    return this.pass('create', () => this.inner.create(job));
  }

  claim(id: string, change: (job: Job) => Job = (job) => job): Promise<Job | undefined> {
    return this.pass('claim', () => this.claimIf(id, () => true, change));
  }

  claimUnfinished(id: string): Promise<Job | undefined> {
    return this.pass('claimUnfinished', () =>
      this.claimIf(
        id,
        ({ halt }) => halt === null,
        (job) => job,
      ),
    );
  }

  release(id: string): void {
    this.inner.release(id);
  }

  async list(): Promise<JournalListing> {
    const open = await this.pass('list open', (): readonly JournalEntry[] => [...this.folder.open.values()]);
    const done = await this.pass('list done', () => [...this.folder.done.values()]);
    return { open, done };
  }

  write(job: Job): Promise<void> {
    return this.pass('write', () => this.inner.write(job));
  }

  ensureOwn(id: string): Promise<void> {
    return this.pass('ensureOwn', () => this.inner.ensureOwn(id));
  }

  keepTranscript(id: string, body: TranscriptBody): Promise<void> {
    return this.pass('keepTranscript', () => this.inner.keepTranscript(id, body));
  }

  keptTranscript(id: string): Promise<TranscriptBody> {
    return this.pass('keptTranscript', () => this.inner.keptTranscript(id));
  }

  keptPath(id: string): string {
    return this.inner.keptPath(id);
  }

  finish(job: JobIn<'done'>): Promise<void> {
    return this.pass('finish', () => this.inner.finish(job));
  }

  forget(id: string): Promise<void> {
    return this.pass('forget', () => this.inner.forget(id));
  }

  private claimIf(id: string, isWanted: (job: Job) => boolean, change: (job: Job) => Job): Job | undefined {
    const entry = this.folder.open.get(id);
    if (entry === undefined || !isWanted(entry.job)) {
      return undefined;
    }
    const isFree = entry.owner === this.id ? !this.inner.has(id) : this.isGone(entry.owner);
    return entry.job.halt !== null || isFree ? change(this.inner.claim(id) ?? entry.job) : undefined;
  }
}

/** A window with jobs, in which any two calls may be in any order. */
export class InterleavedWindow {
  readonly jobs: Jobs;
  isGone = false;

  constructor(
    folder: MemoryFolder,
    readonly id: string,
    isGone: (window: string) => boolean,
    scheduler: Scheduler,
    /** Called after each effect and each answer. */
    check: () => void,
  ) {
    const pass: Pass = async (name, effect) => {
      await scheduler.schedule(Promise.resolve(), `${id} ${name}`);
      const result = await effect();
      check();
      // The answer may be late.
      await scheduler.schedule(Promise.resolve(), `${id} ${name} is answered`);
      check();
      return result;
    };
    const journal = new ScheduledJournal(folder, id, isGone, pass);
    this.jobs = new Jobs({
      journal,
      files: filesOf(pass),
      window: { beat: () => Promise.resolve(), unregister: () => undefined },
      takeover: {
        isThere: (owner) => owner !== id && !isGone(owner),
        abandoned: (unfinished) =>
          Promise.resolve(
            unfinished.filter(({ owner }) => owner === id || isGone(owner)).map(({ job }) => job.id),
          ),
      },
      connect: () => Promise.resolve({ api: apiOf(pass), close: () => Promise.resolve() }),
      askToForget: () => pass('askToForget', () => false),
      clock: new JumpingClock(),
      log: silentLog,
      random: () => 0,
      jobsAtOnce: () => 2,
      ...nothingSpecial,
    });
  }

  /** Chooses recordings by their numbers. @param force whether to transcribe them although they are done */
  async order(numbers: readonly number[], force = false): Promise<void> {
    const orders = numbers.map((number) => ({
      service,
      recording: recordingOf(number),
      durationSeconds: null,
      notePath: `/talks/talk-${number}.md`,
      instructions: defaultInstructions,
      force,
      batch: null,
    }));
    await this.jobs.order(orders, () => undefined);
  }

  get ids(): readonly string[] {
    return this.jobs.entries.map(({ job }) => job.id);
  }
}

function recordingOf(number: number): Recording {
  const name = `talk-${number}.mp3`;
  return { path: `/talks/${name}`, name, sizeBytes: number, modifiedMs: number };
}

function filesOf(pass: Pass): JobFiles {
  return {
    findFinished: () => Promise.resolve(undefined),
    ensureWritable: () => Promise.resolve(),
    makePayload: ({ recording }) =>
      Promise.resolve({
        file: recording,
        sha256: undefined,
        savedBytes: 0,
        dispose: () => Promise.resolve(),
      }),
    locate: (job) => Promise.resolve(job),
    saveSidecar: () => pass('saveSidecar', () => true),
    saveNote: ({ notePath }) => pass('saveNote', () => notePath),
  };
}

function apiOf(pass: Pass): SpeechApi {
  const call = async <T>(name: string, signal: AbortSignal, effect: () => T): Promise<T> => {
    const result = await pass(name, effect);
    if (signal.aborted) {
      throw new Failure('cancelled', 'Cancelled');
    }
    return result;
  };
  return {
    origin: service,
    host: 'api.example.test',
    local: undefined,
    upload: ({ name }, { signal }) => call('upload', signal, () => ({ url: `upload ${name}`, sha256: name })),
    submit: ({ audio_url: url }, signal) =>
      call('submit', signal, () => ({ id: url.replaceAll(/\W/g, '-'), status: 'queued' })),
    find: (_url, _sinceMs, signal) => call('find', signal, () => undefined),
    get: (id, signal) => call('get', signal, () => ({ id, status: 'completed', text: 'Hello.' })),
  };
}
