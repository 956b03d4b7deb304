import { Failure, type FailureKind } from '../../src/core/failures/failure';
import type { Job, JobIn } from '../../src/core/jobs/job';
import type { SpeechApi, Upload } from '../../src/core/jobs/speechApi';
import type { JobFiles, Finished, Payload } from '../../src/core/jobs/jobFiles';
import type { Transcript, TranscriptBody } from '../../src/core/transcript/model';
import { MemoryFolder } from './memoryJournal';
import { VirtualClock } from './virtualClock';
import { defaultInstructions } from '../../src/core/request/request';
import type { Recording } from '../../src/core/ports';

/** How a job at the service ends. */
export type Ending = 'completed' | 'serverError' | 'uploadLost' | 'tooShort';

const errors: Readonly<Record<Exclude<Ending, 'completed'>, string>> = {
  serverError: 'Server error, developers have been alerted',
  uploadLost: 'Download error, unable to access file at https://x',
  tooShort: 'Audio duration is too short.',
};

/** A job at the service. */
interface ServiceJob {
  readonly id: string;
  readonly audioUrl: string;
  /** Which recording it was made from. */
  readonly version: number;
  readonly createdMs: number;
  readonly finalMs: number;
  readonly ending: Ending;
  /** Whether the user gave it up, so that paying for another one is no mistake. */
  isGivenUp: boolean;
  isDeleted: boolean;
}

/** A recording on disk: which one it is, and where. */
interface RecordingOnDisk {
  readonly version: number;
  readonly path: string;
}

/** Makes a call, which may crash, fail or wait before or after its effect. Each window has its own. */
export type Passage = <T>(name: string, effect: () => T | Promise<T>, signal?: AbortSignal) => Promise<T>;

const uploadKeptMs = 24 * 60 * 60 * 1000;
const shaOf = (version: number): string => `sha of ${version}`;
const notePathOf = (path: string): string => path.replace('.mp3', '.transcript.md');

/** What survives all windows: the disk and the service. It notices when a job is paid for twice. */
export class JobWorld {
  readonly clock = new VirtualClock();
  readonly folder = new MemoryFolder();
  recording: RecordingOnDisk = { version: 1, path: '/talks/talk.mp3' };
  /** The ids of the transcripts beside the recording, which move with it. */
  readonly sidecars = new Set<string>();
  /** The ids of transcripts by the paths of their notes. */
  readonly notes = new Map<string, string>();
  readonly jobs: ServiceJob[] = [];
  /** What happened that must never happen. */
  readonly mistakes: string[] = [];
  /** The ids of jobs that their user has forgotten. */
  readonly forgotten = new Set<string>();
  nextEnding: Ending = 'completed';
  /** How long it takes until the service's list shows a new job, ms. */
  listLagMs = 0;
  private readonly uploads = new Map<string, { readonly version: number; readonly atMs: number }>();

  /** The recording as it is now. */
  now(): Recording {
    const { version, path } = this.recording;
    return { path, name: 'talk.mp3', sizeBytes: 1000, modifiedMs: version };
  }

  /** A job that is chosen now. */
  fresh(id: string): Job {
    const recording = this.now();
    const nowMs = this.clock.now();
    return {
      id,
      service: 'https://api.example.test',
      recording,
      durationSeconds: 60,
      instructions: defaultInstructions,
      force: false,
      batch: null,
      notePath: notePathOf(recording.path),
      chosenMs: nowMs,
      changedMs: nowMs,
      stage: { phase: 'waiting' },
      halt: null,
    };
  }

  /** The jobs of a recording at the service whose results can still be had. */
  paidFor(version: number): readonly ServiceJob[] {
    return this.jobs.filter((job) => job.version === version && !job.isGivenUp && !this.hasFailed(job));
  }

  /** The user wants a recording transcribed again, or no longer: it may be paid for again. */
  giveUp(version: number, which: (job: ServiceJob) => boolean): void {
    this.jobs.filter((job) => job.version === version && which(job)).forEach((job) => (job.isGivenUp = true));
  }

  /** Moves the recording, and its sidecar with it. */
  move(): void {
    const { version, path } = this.recording;
    this.recording = { version, path: path.replace('/talk.mp3', '/moved/talk.mp3') };
  }

  /** Puts another recording in its place. */
  change(): void {
    const { version, path } = this.recording;
    this.recording = { version: version + 1, path };
  }

  /** Deletes all finished transcripts at the service. */
  deleteAtService(): void {
    const nowMs = this.clock.now();
    this.jobs.filter(({ finalMs }) => finalMs <= nowMs).forEach((job) => (job.isDeleted = true));
  }

  notesOf(version: number): readonly string[] {
    const ids = this.jobs.filter((job) => job.version === version).map(({ id }) => id);
    return [...this.notes].filter(([, id]) => ids.includes(id)).map(([path]) => path);
  }

  /** The service, as a window reaches it. */
  api(pass: Passage): SpeechApi {
    return {
      origin: 'https://api.example.test',
      host: 'api.example.test',
      local: undefined,
      upload: (recording, { signal }) => pass('upload', () => this.upload(recording), signal),
      submit: ({ audio_url }, signal) => pass('submit', () => this.submit(audio_url), signal),
      find: (url, sinceMs, signal) => pass('find', () => this.find(url, sinceMs), signal),
      get: (id, signal) => pass('get', () => this.get(id), signal),
    };
  }

  /** The user's files, as a window reaches them. */
  files(pass: Passage): JobFiles {
    return {
      findFinished: (recording) => pass('findFinished', () => this.findFinished(recording)),
      ensureWritable: () => pass('ensureWritable', () => undefined),
      makePayload: ({ recording }) => pass('makePayload', () => this.payload(recording, pass)),
      locate: (job) => pass('locate', () => this.locate(job)),
      saveSidecar: ({ stage }, body) =>
        pass('saveSidecar', () => {
          this.expect(body.id === stage.transcriptId, 'The sidecar is of another transcript');
          this.sidecars.add(body.id);
          return true;
        }),
      saveNote: (job, transcript) => pass('saveNote', () => this.saveNote(job, transcript)),
    };
  }

  private upload({ path, modifiedMs }: Recording): Upload {
    this.expectAt(path);
    if (modifiedMs !== this.recording.version) {
      throw new Failure('recordingChanged', 'Changed');
    }
    const url = `upload-${this.uploads.size + 1}`;
    this.uploads.set(url, { version: modifiedMs, atMs: this.clock.now() });
    return { url, sha256: shaOf(modifiedMs) };
  }

  private submit(audioUrl: string): TranscriptBody {
    const { version, atMs } = this.uploads.get(audioUrl) ?? { version: 0, atMs: 0 };
    if (this.clock.now() - atMs > uploadKeptMs) {
      throw new Failure('uploadForbidden', 'Cannot access uploaded file');
    }
    const paid = this.paidFor(version).map(({ id }) => id);
    this.expect(paid.length === 0, `Paid for twice: ${paid.join(', ')}`);
    const createdMs = this.clock.now();
    const id = `job-${this.jobs.length + 1}`;
    const ending = this.nextEnding;
    this.nextEnding = 'completed';
    const known = { id, audioUrl, version, createdMs, finalMs: createdMs + 30_000, ending };
    this.jobs.push({ ...known, isGivenUp: false, isDeleted: false });
    return { id, status: 'queued' };
  }

  private find(audioUrl: string, sinceMs: number): TranscriptBody | undefined {
    const shown = this.jobs.filter(({ createdMs }) => createdMs + this.listLagMs <= this.clock.now());
    const found = shown.findLast((job) => job.audioUrl === audioUrl && job.createdMs >= sinceMs - 2000);
    return found === undefined ? undefined : this.get(found.id);
  }

  private get(id: string): TranscriptBody {
    const job = this.jobs.find((each) => each.id === id);
    this.expect(job !== undefined, `There is no ${id}`);
    if (job === undefined || job.isDeleted) {
      return { id, status: 'completed', is_deleted: true };
    }
    if (this.clock.now() < job.finalMs) {
      return { id, status: 'processing' };
    }
    return job.ending === 'completed'
      ? { id, status: 'completed', text: 'Hello.' }
      : { id, status: 'error', error: errors[job.ending] };
  }

  private hasFailed(job: ServiceJob): boolean {
    return job.ending !== 'completed' && this.clock.now() >= job.finalMs;
  }

  private findFinished({ path }: Recording): Finished | undefined {
    this.expectAt(path);
    const { version } = this.recording;
    const job = this.jobs.findLast((each) => each.version === version && this.sidecars.has(each.id));
    return job && { body: { id: job.id, status: 'completed', text: 'Hello.' }, sha256: shaOf(version) };
  }

  private payload(file: Recording, pass: Passage): Payload {
    this.expectAt(file.path);
    const dispose = (): Promise<void> => pass('dispose', () => undefined);
    return { file, sha256: undefined, savedBytes: 0, dispose };
  }

  private locate<J extends JobIn<'transcribed' | 'saved'>>(job: J): J {
    if (job.stage.phase === 'saved' && this.writtenNote(job) !== undefined) {
      return job;
    }
    if (job.stage.sha256 !== shaOf(this.recording.version)) {
      throw new Failure('recordingReplaced', 'It is another one');
    }
    const recording = this.now();
    return recording.path === job.recording.path
      ? job
      : { ...job, recording, notePath: notePathOf(recording.path) };
  }

  private writtenNote({ notePath, stage }: JobIn<'transcribed' | 'saved'>): string | undefined {
    return [...candidates(notePath)].find((path) => this.notes.get(path) === stage.transcriptId);
  }

  private saveNote(job: JobIn<'saved'>, transcript: Transcript): string {
    const { id, notePath, stage } = job;
    this.expect(transcript.id === stage.transcriptId, 'The note is of another transcript');
    this.expect(this.sidecars.has(transcript.id), 'A note without a sidecar');
    this.expect(!this.forgotten.has(id), 'A note of a job that was forgotten');
    const written = this.writtenNote(job);
    if (written !== undefined) {
      return written;
    }
    const free = [...candidates(notePath)].find((path) => !this.notes.has(path)) ?? notePath;
    this.notes.set(free, transcript.id);
    return free;
  }

  /** Kept rather than thrown, since the window that made the mistake might handle an error. */
  private expect(holds: boolean, otherwise: string): void {
    if (!holds) {
      this.mistakes.push(otherwise);
    }
  }

  private expectAt(path: string): void {
    if (path !== this.recording.path) {
      throw new Failure('recordingMissing', 'It is not there');
    }
  }
}

function* candidates(notePath: string): Generator<string> {
  yield notePath;
  for (let number = 2; number < 50; number++) {
    yield notePath.replace('.md', ` ${number}.md`);
  }
}

/** How the next call of a name fails. */
export interface CallFault {
  readonly name: string;
  readonly kind: FailureKind;
  /** The code of the system, where the failure has one. */
  readonly code?: string;
  readonly when: 'before' | 'after';
}
