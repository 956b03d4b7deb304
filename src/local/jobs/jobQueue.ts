import type { JsonObject } from '../../core/json';
import type { Log } from '../../core/ports';
import { codeOf } from '../../node/errorCode';
import { completedBody, deletedBody, failedBody, isFinal, processingBody, queuedBody } from '../api/bodies';
import type { ListedTranscript } from '../api/listReply';
import { Cancelled, RecognitionError, type Recogniser } from '../recognition/recogniser';
import { outcomeOf, type Outcome } from './outcome';
import { taskOf } from './parameters';
import { ProgressMeter } from './progressMeter';
import type { TranscriptRecord, TranscriptStore } from './transcriptStore';
import type { UploadStore } from './uploadStore';

/** What a `JobQueue` works with. */
export interface JobQueueOptions {
  readonly transcripts: TranscriptStore;
  readonly uploads: UploadStore;
  readonly recogniser: Recogniser;
  /** The current time, ms since 1970. */
  readonly now: () => number;
  /** Makes the id of a job and its transcript, a UUID. */
  readonly newId: () => string;
  readonly log: Log;
}

/** How long files are kept. */
export interface Retention {
  /** Uploads that no unfinished job needs. */
  readonly uploadsMs: number;
  /** Transcripts, counted from the end of their job, or from the submit if it never ended. */
  readonly transcriptsMs: number;
}

/** A job that was started this often and never ended fails: it may be what crashes the server. */
const maxStarts = 2;

interface RunningJob {
  readonly id: string;
  readonly abort: AbortController;
  readonly progress: ProgressMeter;
}

/** Carries out jobs one at a time, in the order of their submits. Jobs survive a restart of the server. */
export class JobQueue {
  private running: RunningJob | undefined;
  private isClosed = false;
  private work: Promise<void> = Promise.resolve();
  private isWorking = false;

  constructor(private readonly options: JobQueueOptions) {}

  /** Whether any job is waiting or running. */
  get isBusy(): boolean {
    return this.listed.some(({ status }) => !isFinal(status));
  }

  /** All transcripts, oldest first. */
  get listed(): readonly ListedTranscript[] {
    return this.options.transcripts.heads;
  }

  /** Goes on with the jobs that were not finished when the server last ended. */
  async resume(): Promise<void> {
    for (const { id, status } of this.listed) {
      if (status === 'processing') {
        await this.recover(id).catch((thrown: unknown) => this.abandon(id, thrown));
      }
    }
    this.wake();
  }

  /**
   * Adds a job to the queue.
   *
   * @param parameters of the submit, which this server accepted
   * @param uploadId of an upload that exists
   * @returns the transcript body
   */
  async submit(parameters: JsonObject, uploadId: string): Promise<JsonObject> {
    const { transcripts, newId, now } = this.options;
    const id = newId();
    const { body } = await transcripts.add(now(), (createdMs) => ({
      version: 1,
      id,
      uploadId,
      createdMs,
      starts: 0,
      body: queuedBody(id, parameters),
    }));
    this.wake();
    return body;
  }

  /** @returns the transcript body as it is now; undefined if there is no such transcript */
  async get(id: string): Promise<JsonObject | undefined> {
    const body = (await this.options.transcripts.read(id))?.body;
    return body?.['status'] === 'processing' && this.running?.id === id
      ? { ...body, local_progress: this.running.progress.body }
      : body;
  }

  /**
   * Empties a transcript, and stops its job if it is not finished.
   *
   * @returns the transcript body; undefined if there is no such transcript
   */
  async delete(id: string): Promise<JsonObject | undefined> {
    const record = await this.options.transcripts.update(id, (found) => {
      const final = isFinal(found.body['status']) ? found : this.ended(found, { error: 'Deleted by user.' });
      return { ...final, body: deletedBody(final.body) };
    });
    if (this.running?.id === id) {
      this.running.abort.abort();
    }
    await (record && this.release(record));
    return record?.body;
  }

  /** Removes transcripts and uploads that have been kept long enough. */
  async sweep(retention: Retention): Promise<void> {
    const { transcripts, uploads, now } = this.options;
    for (const { id, createdMs, completedMs } of transcripts.heads) {
      // A job that has not started in all this time is no longer wanted.
      const isOld = (completedMs ?? createdMs) < now() - retention.transcriptsMs;
      if (isOld && id !== this.running?.id) {
        await transcripts.remove(id);
      }
    }
    await uploads.removeOlderThan(now() - retention.uploadsMs, (uploadId) => this.isNeeded(uploadId));
  }

  /** Stops the work. The running job goes back into the queue, where the next server finds it. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.running?.abort.abort();
    await this.work;
  }

  private wake(): void {
    if (!this.isWorking) {
      this.isWorking = true;
      this.work = this.runAll();
    }
  }

  private async runAll(): Promise<void> {
    try {
      for (let id = this.next(); id !== undefined; id = this.next()) {
        await this.run(id).catch((thrown: unknown) => this.abandon(id, thrown));
      }
    } finally {
      this.isWorking = false;
    }
  }

  /**
   * Ends a job whose record cannot be written to the disk, so that no client waits for it forever. Removes its upload first,
   * which frees space. If even the error cannot be written, the job is forgotten.
   */
  private async abandon(id: string, thrown: unknown): Promise<void> {
    const { transcripts, log } = this.options;
    log.error(`${id}: ${String(thrown)}`);
    const job = transcripts.heads.find((head) => head.id === id);
    if (job === undefined || this.isClosed) {
      // If it still exists, the next server goes on with it.
      return;
    }
    await this.removeUpload(job);
    const code = codeOf(thrown);
    const error = `The transcript could not be written to the disk${code === undefined ? '' : ` (${code})`}.`;
    await transcripts
      .update(id, (found) => (isFinal(found.body['status']) ? undefined : this.ended(found, { error })))
      .catch(() => transcripts.forget(id));
  }

  private next(): string | undefined {
    return this.isClosed ? undefined : this.listed.find(({ status }) => status === 'queued')?.id;
  }

  private async run(id: string): Promise<void> {
    const { transcripts, now, log } = this.options;
    const running = { id, abort: new AbortController(), progress: new ProgressMeter() };
    this.running = running;
    try {
      const record = await transcripts.update(id, (found) =>
        found.body['status'] === 'queued'
          ? { ...found, starts: found.starts + 1, body: processingBody(found.body) }
          : undefined,
      );
      if (record === undefined) {
        return;
      }
      const startedMs = now();
      const outcome = await this.outcome(record, running);
      // A job that was deleted in the meantime is final and stays as it is.
      const ended = await transcripts.update(id, (found) =>
        isFinal(found.body['status'])
          ? undefined
          : outcome === undefined
            ? requeued({ ...found, starts: found.starts - 1 })
            : this.ended(found, outcome),
      );
      const end = ended === undefined ? 'deleted' : String(ended.body['status']);
      log.info(`${id}: ${end} after ${Math.round((now() - startedMs) / 1000)} s`);
      await (ended && this.release(ended));
    } finally {
      this.running = undefined;
    }
  }

  /** @returns undefined if the work was stopped */
  private async outcome(
    record: TranscriptRecord,
    { abort, progress }: RunningJob,
  ): Promise<Outcome | undefined> {
    const { uploads, recogniser, now, log } = this.options;
    const { uploadId, body } = record;
    if (!(await uploads.has(uploadId))) {
      return { error: `Download error, unable to access file at ${String(body['audio_url'])}` };
    }
    try {
      const recording = await recogniser.recognise(taskOf(body, uploads.pathOf(uploadId)), {
        signal: abort.signal,
        onProgress: (report) => progress.report(report, now()),
      });
      return outcomeOf(recording, body);
    } catch (thrown) {
      if (thrown instanceof Cancelled) {
        return undefined;
      }
      if (thrown instanceof RecognitionError) {
        return { error: thrown.message };
      }
      log.error(`${record.id}: ${String(thrown)}`);
      return { error: 'The recording could not be recognized.' };
    }
  }

  private ended(record: TranscriptRecord, outcome: Outcome): TranscriptRecord {
    const { body } = record;
    return {
      ...record,
      completedMs: this.options.now(),
      body: 'error' in outcome ? failedBody(body, outcome.error) : completedBody(body, outcome.results),
    };
  }

  private async recover(id: string): Promise<void> {
    const record = await this.options.transcripts.update(id, (found) => this.recovered(found));
    await (record && this.release(record));
  }

  /**
   * Puts a job that was running when the server crashed back into the queue, or ends it if it was started too often.
   *
   * @returns undefined if it was deleted in the meantime
   */
  private recovered(record: TranscriptRecord): TranscriptRecord | undefined {
    if (record.body['status'] !== 'processing') {
      return undefined;
    }
    const error = 'The local server stopped twice while it was working on this recording.';
    return record.starts < maxStarts ? requeued(record) : this.ended(record, { error });
  }

  /** Whether an unfinished job other than `exceptId` needs an upload. */
  private isNeeded(uploadId: string, exceptId?: string): boolean {
    return this.options.transcripts.heads.some(
      (head) => head.uploadId === uploadId && head.id !== exceptId && !isFinal(head.status),
    );
  }

  /** Removes the upload of a job if the job is final. */
  private async release(record: TranscriptRecord): Promise<void> {
    if (isFinal(record.body['status'])) {
      await this.removeUpload(record);
    }
  }

  /** Removes the upload of a job, unless another job needs it. If that fails, `sweep` removes it later. */
  private async removeUpload({ id, uploadId }: Pick<TranscriptRecord, 'id' | 'uploadId'>): Promise<void> {
    const { uploads, log } = this.options;
    if (!this.isNeeded(uploadId, id)) {
      await uploads.remove(uploadId).catch((thrown: unknown) => log.warn(`${id}: ${String(thrown)}`));
    }
  }
}

/** Puts a job back into its old place in the queue. */
function requeued(record: TranscriptRecord): TranscriptRecord {
  return { ...record, body: { ...record.body, status: 'queued' } };
}
