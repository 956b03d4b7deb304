import type { JsonObject } from '../../core/json';
import { completedBody, deletedBody, failedBody, isFinal, processingBody, queuedBody } from '../api/bodies';
import type { ListedTranscript } from '../api/list';
import { Cancelled } from '../speech/heard/speech';
import { outcomeOf, type Outcome } from './outcome';
import { taskOf } from './parameters';
import { ProgressMeter } from './progressMeter';
import { RecognitionError, type Recogniser } from './recogniser';
import type { TranscriptRecord, TranscriptStore } from './transcriptStore';
import type { UploadStore } from './uploadStore';
import type { Log } from '../../core/ports';

export interface JobQueueOptions {
  readonly transcripts: TranscriptStore;
  readonly uploads: UploadStore;
  readonly recogniser: Recogniser;
  /** ms since 1970. */
  readonly now: () => number;
  readonly newId: () => string;
  readonly log: Log;
}

/** How long things are kept, ms. */
export interface Retention {
  readonly uploadsMs: number;
  readonly transcriptsMs: number;
}

/** A job during which the server died so often is not tried again: it may be what killed it. */
const mostStarts = 2;

interface RunningJob {
  readonly id: string;
  readonly abort: AbortController;
  readonly progress: ProgressMeter;
}

/** The jobs: one at a time, first come first served, and still there after a restart. */
export class JobQueue {
  private running: RunningJob | undefined;
  private isClosed = false;
  private work: Promise<void> = Promise.resolve();
  private isWorking = false;

  constructor(private readonly options: JobQueueOptions) {}

  /** Whether there is work left. */
  get isBusy(): boolean {
    return this.listed.some(({ status }) => !isFinal(status));
  }

  /** In order of creation. */
  get listed(): readonly ListedTranscript[] {
    return this.options.transcripts.heads;
  }

  /** Takes up what was left when the server ended. */
  async resume(): Promise<void> {
    for (const { id, status } of this.listed) {
      if (status === 'processing') {
        await this.takeUp(id).catch((thrown: unknown) => this.giveUp(id, thrown));
      }
    }
    this.wake();
  }

  /** Puts a job in line for an upload that is there. */
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

  /** The transcript as it is now; undefined when there is none. */
  async get(id: string): Promise<JsonObject | undefined> {
    const body = (await this.options.transcripts.read(id))?.body;
    return body?.['status'] === 'processing' && this.running?.id === id
      ? { ...body, local_progress: this.running.progress.body }
      : body;
  }

  /** Empties the transcript, and stops its job at once if it is not finished; undefined when there is none. */
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

  /** Removes what is older than it may be. */
  async sweep(retention: Retention): Promise<void> {
    const { transcripts, uploads, now } = this.options;
    for (const { id, createdMs, completedMs } of transcripts.heads) {
      // What nobody has taken up for so long, nobody waits for.
      const isOld = (completedMs ?? createdMs) < now() - retention.transcriptsMs;
      if (isOld && id !== this.running?.id) {
        await transcripts.remove(id);
      }
    }
    await uploads.removeOlderThan(now() - retention.uploadsMs, (uploadId) => this.isAwaited(uploadId));
  }

  /** Stops; a job that is being worked on goes back into the line, to be taken up by the next server. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.running?.abort.abort();
    await this.work;
  }

  private wake(): void {
    if (!this.isWorking) {
      this.isWorking = true;
      this.work = this.workOff();
    }
  }

  private async workOff(): Promise<void> {
    try {
      for (let id = this.next(); id !== undefined; id = this.next()) {
        await this.run(id).catch((thrown: unknown) => this.giveUp(id, thrown));
      }
    } finally {
      this.isWorking = false;
    }
  }

  /**
   * Ends a job that the disk refuses to keep, so that nobody waits for it for ever. Its upload goes first, which makes
   * room; where even its end cannot be written, it is forgotten.
   */
  private async giveUp(id: string, thrown: unknown): Promise<void> {
    const { transcripts, log } = this.options;
    log.error(`${id}: ${String(thrown)}`);
    const job = transcripts.heads.find((head) => head.id === id);
    if (job === undefined || this.isClosed) {
      // The next server takes it up.
      return;
    }
    await this.removeUpload(job);
    const error = `The transcript could not be written to the disk${codeIn(thrown)}.`;
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
      // A job that was deleted meanwhile is final, and stays as it is.
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

  /** Undefined when the work was stopped. */
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
      const recognition = await recogniser.recognise(taskOf(body, uploads.pathOf(uploadId)), {
        signal: abort.signal,
        onProgress: (report) => progress.report(report, now()),
      });
      return outcomeOf(recognition, body);
    } catch (thrown) {
      if (thrown instanceof Cancelled) {
        return undefined;
      }
      if (thrown instanceof RecognitionError) {
        return { error: thrown.message };
      }
      log.error(`${record.id}: ${String(thrown)}`);
      return { error: 'The recording could not be recognised.' };
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

  private async takeUp(id: string): Promise<void> {
    const record = await this.options.transcripts.update(id, (found) => this.left(found));
    await (record && this.release(record));
  }

  /** What becomes of a job during which the server ended; undefined where it was deleted meanwhile. */
  private left(record: TranscriptRecord): TranscriptRecord | undefined {
    if (record.body['status'] !== 'processing') {
      return undefined;
    }
    const error = 'The local server stopped twice while it was working on this recording.';
    return record.starts < mostStarts ? requeued(record) : this.ended(record, { error });
  }

  /** Whether a job, other than that one, is still to be worked on with an upload. */
  private isAwaited(uploadId: string, exceptId?: string): boolean {
    return this.options.transcripts.heads.some(
      (head) => head.uploadId === uploadId && head.id !== exceptId && !isFinal(head.status),
    );
  }

  /** Removes the upload of a job that is final. */
  private async release(record: TranscriptRecord): Promise<void> {
    if (isFinal(record.body['status'])) {
      await this.removeUpload(record);
    }
  }

  /** Removes the upload of a job, unless another one waits for it. What cannot be removed is swept some day. */
  private async removeUpload({ id, uploadId }: Pick<TranscriptRecord, 'id' | 'uploadId'>): Promise<void> {
    const { uploads, log } = this.options;
    if (!this.isAwaited(uploadId, id)) {
      await uploads.remove(uploadId).catch((thrown: unknown) => log.warn(`${id}: ${String(thrown)}`));
    }
  }
}

/** ` (ENOSPC)`, or nothing. */
function codeIn(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? ` (${String(thrown.code)})` : '';
}

/** Back in its old place of the line. */
function requeued(record: TranscriptRecord): TranscriptRecord {
  return { ...record, body: { ...record.body, status: 'queued' } };
}
