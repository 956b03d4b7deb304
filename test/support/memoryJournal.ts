import { Failure } from '../../src/core/failures/failure';
import type { Job, JobIn } from '../../src/core/jobs/job';
import type { JobJournal } from '../../src/core/jobs/jobFiles';
import type { TranscriptBody } from '../../src/core/transcript/model';

/** A job as it is written down, with its owner. */
interface Entry {
  readonly job: Job;
  readonly owner: string;
  readonly generation: number;
}

/** The journal's folder, which all windows share. */
export class MemoryFolder {
  readonly open = new Map<string, Entry>();
  readonly done = new Map<string, JobIn<'done'>>();
  readonly transcripts = new Map<string, TranscriptBody>();
}

/** The journal of one window, in memory. It follows the rules of the one on disk. */
export class MemoryJournal implements JobJournal {
  /** The jobs of this window, with their generations. */
  private readonly own = new Map<string, number>();

  constructor(
    readonly folder: MemoryFolder,
    readonly windowId: string,
  ) {}

  /** False when there is an open job with this id. */
  create(job: Job): boolean {
    if (this.folder.open.has(job.id)) {
      return false;
    }
    this.folder.done.delete(job.id);
    this.put(job, 1);
    return true;
  }

  /** Claims a job, on which no window works as the caller knows; undefined when there is no such job. */
  claim(id: string): Job | undefined {
    const entry = this.folder.open.get(id);
    if (entry === undefined) {
      return undefined;
    }
    const job = { ...entry.job, halt: null };
    this.put(job, entry.generation + 1);
    return job;
  }

  /** Whether this window works on the job, as far as it knows. */
  has(id: string): boolean {
    return this.own.has(id);
  }

  /** This window no longer works on the job. */
  release(id: string): void {
    this.own.delete(id);
  }

  write(job: Job): Promise<void> {
    return this.asOwner(job.id, () => this.put(job, this.own.get(job.id) ?? 1));
  }

  ensureOwn(id: string): Promise<void> {
    return this.asOwner(id, () => undefined);
  }

  keepTranscript(id: string, body: TranscriptBody): Promise<void> {
    this.folder.transcripts.set(id, body);
    return Promise.resolve();
  }

  keptTranscript(id: string): Promise<TranscriptBody> {
    const body = this.folder.transcripts.get(id);
    return body === undefined
      ? Promise.reject(new Failure('unexpected', `No transcript of ${id} is kept`))
      : Promise.resolve(body);
  }

  keptPath(id: string): string {
    return `/journal/transcripts/${id}.json`;
  }

  finish(job: JobIn<'done'>): Promise<void> {
    return this.asOwner(job.id, () => {
      this.folder.done.set(job.id, job);
      this.folder.open.delete(job.id);
      this.own.delete(job.id);
      if (job.stage.hasSidecar) {
        this.folder.transcripts.delete(job.id);
      }
    });
  }

  forget(id: string): void {
    this.own.delete(id);
    this.folder.open.delete(id);
    this.folder.done.delete(id);
    this.folder.transcripts.delete(id);
  }

  private put(job: Job, generation: number): void {
    this.folder.open.set(job.id, { job, owner: this.windowId, generation });
    this.own.set(job.id, generation);
  }

  private asOwner(id: string, action: () => void): Promise<void> {
    const generation = this.own.get(id);
    const entry = this.folder.open.get(id);
    if (generation === undefined || entry?.generation !== generation || entry.owner !== this.windowId) {
      this.own.delete(id);
      return Promise.reject(new Failure('takenOver', 'Another window has the job'));
    }
    action();
    return Promise.resolve();
  }
}
