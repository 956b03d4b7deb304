import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, parse } from 'node:path';
import { RecordingFile } from '../../../../src/node/recordingFile';
import { Failure } from '../../../../src/core/failures/failure';
import type { Job } from '../../../../src/core/jobs/job';
import type { SpeechApi } from '../../../../src/core/jobs/speechApi';
import type { TranscriptBody } from '../../../../src/core/transcript/model';
import type { JobOutcome } from '../../../../src/host/jobs/activeJob';
import { Jobs, type JobOrder, type OrderedJob } from '../../../../src/host/jobs/jobs';
import type { Journal } from '../../../../src/host/journal/journal';
import type { WindowRegistry } from '../../../../src/host/windows/windowRegistry';
import { inspectRecording } from '../../../../src/host/recordings/inspectRecording';
import { sha256Of } from '../../../../src/node/sha256Of';
import { JumpingClock, silentLog } from '../../../support/fakeJobs';
import { smallBody } from '../../../support/server/bodies';
import { defaultInstructions } from '../../../../src/core/request/request';
import { nothingSpecial } from '../../../support/plainInstructions';
import { windowParts } from '../../../support/windowParts';
import { until } from '../../assemblyai/stage';
import type { Recording } from '../../../../src/core/ports';

/** Turns of the event loop to wait at most: real files take their time. */
export const turns = 1e7;

/** What a service is asked to do. */
type Verb = 'upload' | 'submit' | 'find' | 'get';

interface Held {
  readonly call: string;
  readonly go: () => void;
}

/** A service in memory that answers at once, unless a test holds the call. */
class HeldService {
  readonly origin = 'https://api.example.test';
  /** Every call, such as `upload talk-1.mp3`. */
  readonly calls: string[] = [];
  /** The uploads that became jobs. Each is paid for. */
  readonly submitted: string[] = [];
  /** How every call fails. */
  refusal: Failure | undefined;
  /** Whether submits are refused first, and sent again when they are released. */
  isBusy = false;
  private readonly verbsHeld = new Set<Verb>();
  private held: Held[] = [];

  hold(...verbs: readonly Verb[]): void {
    verbs.forEach((verb) => this.verbsHeld.add(verb));
  }

  /** Releases one held call. */
  releaseOne(call: string): void {
    const one = this.held.find((each) => each.call === call);
    this.held = this.held.filter((each) => each !== one);
    one?.go();
  }

  /** Releases all held calls, and holds no more. */
  release(): void {
    this.verbsHeld.clear();
    this.held.splice(0).forEach(({ go }) => go());
  }

  count(call: string): number {
    return this.calls.filter((each) => each.startsWith(call)).length;
  }

  /** The service, as one window reaches it, which may be dead. */
  api(isDead: () => boolean): SpeechApi {
    const { origin } = this;
    const pass = async (call: string, signal: AbortSignal): Promise<void> => {
      await this.pass(call, signal);
      await (isDead() && new Promise(() => undefined));
    };
    return {
      origin,
      host: 'api.example.test',
      local: undefined,
      upload: async (recording, { signal }) => {
        const { name, path } = recording;
        await pass(`upload ${name}`, signal);
        await (await RecordingFile.open(recording)).close();
        return { url: `${origin}/${this.count('upload')}/${name}`, sha256: await sha256Of(path, signal) };
      },
      submit: async ({ audio_url: url }, signal, beforeRetry) => {
        await pass(`submit ${basename(url)}`, signal);
        await (this.isBusy && beforeRetry?.());
        return this.bodyOf(this.submitted.push(url) - 1, 'queued');
      },
      find: async (url, _sinceMs, signal) => {
        await pass(`find ${basename(url)}`, signal);
        const index = this.submitted.lastIndexOf(url);
        return index < 0 ? undefined : this.bodyOf(index, 'processing');
      },
      get: async (id, signal) => {
        const index = Number(id.replace('id-', ''));
        await pass(`get ${basename(this.submitted[index] ?? '')}`, signal);
        return this.bodyOf(index, 'completed');
      },
    };
  }

  private async pass(call: string, signal: AbortSignal): Promise<void> {
    this.calls.push(call);
    if (this.verbsHeld.has(call.split(' ')[0] as Verb)) {
      await new Promise<void>((resolve, reject) => {
        this.held.push({ call, go: resolve });
        signal.addEventListener('abort', () => reject(new Failure('cancelled', 'Cancelled')), { once: true });
      });
    }
    if (this.refusal !== undefined) {
      throw this.refusal;
    }
  }

  private bodyOf(index: number, status: TranscriptBody['status']): TranscriptBody {
    return { ...smallBody(['A', 'Did it pass?'], ['B', 'Yes.']), id: `id-${index}`, status };
  }
}

/** A folder with recordings and a journal, a service, and windows that use them. */
export class JobsStage {
  readonly clock = new JumpingClock();
  readonly service = new HeldService();
  readonly root = mkdtempSync(join(tmpdir(), 'steno-jobs-'));
  readonly journal = join(this.root, 'jobs');
  private readonly windows: JobsWindow[] = [];

  window(jobsAtOnce = 4): JobsWindow {
    const opened = new JobsWindow(this, `window-${this.windows.length + 1}`, jobsAtOnce);
    this.windows.push(opened);
    return opened;
  }

  /** Resolves when the service has had so many calls of a kind. */
  called(call: string, count = 1): Promise<void> {
    return until(() => this.service.count(call) >= count, turns);
  }

  /** Recordings from `talk-1.mp3` on, each with other bytes. */
  async recordings(count: number): Promise<readonly Recording[]> {
    const names = Array.from({ length: count }, (_, index) => `talk-${index + 1}.mp3`);
    return Promise.all(names.map((name) => this.recording(name)));
  }

  async recording(name: string, text = name): Promise<Recording> {
    const path = join(this.root, name);
    writeFileSync(path, Buffer.concat([Buffer.alloc(16), Buffer.from(text)]));
    return inspectRecording(path);
  }

  /** The names of the notes. */
  get notes(): readonly string[] {
    return readdirSync(this.root).filter((name) => name.endsWith('.md'));
  }

  /** The names of the records of open jobs. */
  get records(): readonly string[] {
    return readdirSync(this.journal).filter((name) => name.endsWith('.json'));
  }

  remove(): void {
    this.service.release();
    this.windows.forEach(({ jobs }) => jobs.dispose());
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** The jobs of a window, and what they reported and asked. */
export class JobsWindow {
  readonly jobs: Jobs;
  readonly journal: Journal;
  /** The outcomes of jobs that no caller waited for. */
  readonly unattended: JobOutcome[] = [];
  readonly interrupted: Job[] = [];
  /** What the user answers to the question whether to forget jobs. */
  answer: (jobs: readonly Job[]) => Promise<boolean> = () => Promise.resolve(false);
  connections = 0;
  /** Happens once, when the journal has just been read and its content is not known to the jobs yet. */
  afterRead: (() => Promise<unknown>) | undefined;
  private readonly window: WindowRegistry;
  private isDead = false;

  constructor(
    private readonly stage: JobsStage,
    readonly id: string,
    jobsAtOnce: number,
  ) {
    const { clock, root: storage } = stage;
    const log = silentLog;
    const parts = windowParts({ id, storage, clock, log, notePathOf });
    const { journal, window } = parts;
    this.journal = journal;
    this.window = window;
    const list = journal.list.bind(journal);
    journal.list = async () => {
      const listing = await list();
      const { afterRead } = this;
      this.afterRead = undefined;
      await afterRead?.();
      return listing;
    };
    this.jobs = new Jobs({
      ...parts,
      clock,
      log,
      ...nothingSpecial,
      random: () => 0,
      jobsAtOnce: () => jobsAtOnce,
      connect: () => {
        this.connections++;
        const close = (): Promise<void> => {
          this.connections--;
          return Promise.resolve();
        };
        return Promise.resolve({ api: stage.service.api(() => this.isDead), close });
      },
      askToForget: (jobs) => this.answer(jobs),
    });
    this.jobs.reportTo({
      interrupted: (jobs) => void this.interrupted.push(...jobs),
      ended: (outcome) => void this.unattended.push(outcome),
    });
  }

  /** Orders recordings to be transcribed. */
  order(recordings: readonly Recording[], signal?: AbortSignal): Promise<readonly OrderedJob[]> {
    const { origin: service } = this.stage.service;
    const orders = recordings.map((recording): JobOrder => {
      const notePath = notePathOf(recording.path);
      const instructions = defaultInstructions;
      return {
        service,
        recording,
        notePath,
        instructions,
        durationSeconds: null,
        force: false,
        batch: null,
      };
    });
    return this.jobs.order(orders, () => undefined, signal);
  }

  /** Orders recordings, and waits until all jobs have ended. */
  async transcribe(recordings: readonly Recording[]): Promise<readonly JobOutcome[]> {
    return outcomesOf(await this.order(recordings));
  }

  /** From now on no call of this window is answered, and other windows see that it is gone. */
  kill(): void {
    this.isDead = true;
    this.window.unregister();
  }
}

/** The outcomes of ordered jobs. */
export function outcomesOf(ordered: readonly OrderedJob[]): Promise<readonly JobOutcome[]> {
  return Promise.all(ordered.map(({ settled }) => settled));
}

/** Each outcome in a word. */
export function wordsOf(outcomes: readonly JobOutcome[]): readonly string[] {
  return outcomes.map((outcome) => (outcome.kind === 'written' ? 'written' : outcome.failure.kind));
}

function notePathOf(recording: string): string {
  const { dir, name } = parse(recording);
  return join(dir, `${name}.md`);
}
