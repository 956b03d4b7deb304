import assert from 'node:assert/strict';
import { Failure, type FailureKind } from '../../../../src/core/failures/failure';
import type { Job, JobIn, Phase, Stage } from '../../../../src/core/jobs/job';
import { JobRun } from '../../../../src/core/jobs/jobRun';
import { Poller } from '../../../../src/core/jobs/poller';
import type { JobProgress } from '../../../../src/core/jobs/progress';
import type { JobFiles, Finished, Payload } from '../../../../src/core/jobs/jobFiles';
import type { Transcript, TranscriptBody } from '../../../../src/core/transcript/model';
import { JumpingClock, ListedApi, silentLog } from '../../../support/fakeJobs';
import { MemoryFolder, MemoryJournal } from '../../../support/memoryJournal';
import { defaultInstructions } from '../../../../src/core/request/request';
import { nothingSpecial } from '../../../support/plainInstructions';
import type { Recording } from '../../../../src/core/ports';

export const recording: Recording = {
  path: '/talks/talk.mp3',
  name: 'talk.mp3',
  sizeBytes: 1000,
  modifiedMs: 5,
};

export const processing = { status: 'processing' } as const;
export const completed = { status: 'completed', text: 'Hello.' } as const;

const nowMs = 1_000_000;
export const upload = { url: 'old-upload', sha256: 'abc', uploadedMs: nowMs };
export const submitted = { phase: 'submitted', upload, sinceMs: nowMs, transcriptId: 'old' } as const;
export const transcribed = { phase: 'transcribed', transcriptId: 'old', sha256: 'abc' } as const;
export const saved = { ...transcribed, phase: 'saved', hasSidecar: true } as const;
export const submitting = { phase: 'submitting', upload, sinceMs: nowMs } as const;

/** A job that was just chosen, or one in a later stage. */
export function jobAt(stage: Stage = { phase: 'waiting' }, more: Partial<Job> = {}): Job {
  return {
    id: 'a1',
    service: 'https://api.example.test',
    recording,
    durationSeconds: 60,
    notePath: '/talks/talk.transcript.md',
    instructions: defaultInstructions,
    force: false,
    batch: null,
    chosenMs: nowMs,
    changedMs: nowMs,
    stage,
    halt: null,
    ...more,
  };
}

/** The user's files, in memory. */
export class MemoryFiles implements JobFiles {
  finished: Finished | undefined;
  payload: Partial<Payload> = {};
  takesSidecars = true;
  /** Where the recording was moved, and where its note belongs now. */
  moved: Partial<Job> | undefined;
  readonly sidecars: TranscriptBody[] = [];
  readonly notes: { readonly path: string; readonly transcript: Transcript }[] = [];

  constructor(private readonly calls: string[]) {}

  findFinished(): Promise<Finished | undefined> {
    return this.does('findFinished', this.finished);
  }

  ensureWritable(): Promise<void> {
    return this.does('ensureWritable', undefined);
  }

  makePayload(job: Job, _signal: AbortSignal, onProgress: (fraction: number) => void): Promise<Payload> {
    onProgress(0.5);
    const dispose = (): Promise<void> => this.does('dispose', undefined);
    return this.does('makePayload', {
      file: job.recording,
      sha256: undefined,
      savedBytes: 0,
      dispose,
      ...this.payload,
    });
  }

  locate<J extends JobIn<'transcribed' | 'saved'>>(job: J): Promise<J> {
    return this.does('locate', { ...job, ...this.moved });
  }

  saveSidecar(_job: Job, body: TranscriptBody): Promise<boolean> {
    if (this.takesSidecars) {
      this.sidecars.push(body);
    }
    return this.does('saveSidecar', this.takesSidecars);
  }

  saveNote({ notePath }: Job, transcript: Transcript): Promise<string> {
    this.notes.push({ path: notePath, transcript });
    return this.does('saveNote', notePath);
  }

  private does<T>(call: string, answer: T): Promise<T> {
    this.calls.push(call);
    return Promise.resolve(answer);
  }
}

/** A journal that records what it wrote. */
class RecordedJournal extends MemoryJournal {
  constructor(
    private readonly calls: string[],
    window: string,
    folder = new MemoryFolder(),
  ) {
    super(folder, window);
  }

  override async write(job: Job): Promise<void> {
    await super.write(job);
    this.calls.push(`write ${job.stage.phase}`);
  }

  override async keepTranscript(id: string, body: TranscriptBody): Promise<void> {
    await super.keepTranscript(id, body);
    this.calls.push('keepTranscript');
  }
}

/** Runs a job against a list of answers, and records all that it does. */
export class JobBench {
  readonly api: ListedApi;
  /** Every call, in order. */
  readonly calls: string[];
  readonly clock = new JumpingClock();
  readonly progress: JobProgress[] = [];
  readonly controller = new AbortController();
  readonly discarded: string[] = [];
  readonly journal: RecordedJournal;
  readonly files: MemoryFiles;
  /** What the user is told about the transcript. */
  warnings: readonly string[] = [];
  /** How often the service was opened. */
  services = 0;
  private job: Job;

  constructor(...answers: ConstructorParameters<typeof ListedApi>[0]) {
    this.api = new ListedApi(answers);
    this.calls = this.api.calls;
    this.journal = new RecordedJournal(this.calls, 'here');
    this.files = new MemoryFiles(this.calls);
    this.job = jobAt();
    this.journal.create(this.job);
  }

  /** Lets the job begin in a later stage. */
  begunAt(stage: Stage, more: Partial<Job> = {}): this {
    this.job = jobAt(stage, more);
    this.journal.forget(this.job.id);
    this.journal.create(this.job);
    if (stage.phase === 'transcribed' || stage.phase === 'saved') {
      this.journal.folder.transcripts.set(this.job.id, { id: stage.transcriptId, ...completed });
    }
    return this;
  }

  /** Lets the service be on this machine. */
  workHere(): this {
    this.api.local = {
      discard: (transcriptId) => {
        this.discarded.push(transcriptId);
        return Promise.resolve();
      },
    };
    return this;
  }

  /** Lets another window take over the job. */
  takeOver(): void {
    new MemoryJournal(this.journal.folder, 'elsewhere').claim(this.job.id);
  }

  /** Lets another window take over the job right after a call. */
  takenOverAfter(call: string): void {
    const push = this.calls.push.bind(this.calls);
    this.calls.push = (...added) => {
      if (added.includes(call)) {
        this.takeOver();
      }
      return push(...added);
    };
  }

  /** Lets the user cancel right after a call. */
  cancelledAfter(call: string): void {
    const push = this.calls.push.bind(this.calls);
    this.calls.push = (...added) => {
      if (added.includes(call)) {
        this.controller.abort();
      }
      return push(...added);
    };
  }

  /** Keeps the journal from writing the job in these phases. */
  cannotWrite(...phases: readonly Phase[]): void {
    const write = this.journal.write.bind(this.journal);
    this.journal.write = (job) =>
      phases.includes(job.stage.phase)
        ? Promise.reject(new Failure('journalUnwritable', 'ENOSPC'))
        : write(job);
  }

  /** Adds to options what is secret of them. */
  withSecrets = nothingSpecial.withSecrets;
  /** Writes down what is still to do. */
  beforeDone = nothingSpecial.beforeDone;

  async run(): Promise<JobIn<'done'>> {
    const { api, clock, files, journal, controller } = this;
    const random = (): number => 0;
    const poller = new Poller({ api, clock, random, log: silentLog });
    const run = new JobRun(this.job, {
      service: () => {
        this.services++;
        return Promise.resolve({ api, poller });
      },
      journal,
      files,
      clock,
      random,
      log: silentLog,
      signal: controller.signal,
      withSecrets: (options) => this.withSecrets(options),
      beforeDone: () => this.beforeDone(),
      onProgress: (progress) => this.progress.push(progress),
    });
    try {
      return await run.run();
    } finally {
      this.job = run.current;
      this.warnings = run.warnings;
    }
  }

  async fails(kind: FailureKind): Promise<Failure> {
    const failure = await this.run().then(
      () => assert.fail('It should have failed'),
      (thrown: unknown) => thrown,
    );
    assert.ok(failure instanceof Failure, String(failure));
    assert.equal(failure.kind, kind);
    return failure;
  }

  /** The job as it stands. */
  get current(): Job {
    return this.job;
  }

  /** The phase in which the journal would have the job after a crash. */
  get written(): Phase | undefined {
    return this.journal.folder.open.get(this.job.id)?.job.stage.phase;
  }

  /** The calls of the service. */
  get requests(): string[] {
    return this.calls.filter((call) => /^(upload|submit|find|get)\b/.test(call));
  }

  get steps(): JobProgress['step'][] {
    return this.progress.map(({ step }) => step);
  }
}
