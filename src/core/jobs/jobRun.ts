import { asFailure, Failure } from '../failures/failure';
import { requestFor } from '../request/request';
import type { Transcript, TranscriptBody } from '../transcript/model';
import { isDeleted, parseTranscript } from '../transcript/parseTranscript';
import { failureFor, isUploadLost, unlessGone, withWhatRunsOn } from './serviceFailure';
import { expectGoodOptions, expectGoodRecording } from './goodOptions';
import {
  advanced,
  isIn,
  isOnDisk,
  isUsable,
  type Job,
  type JobIn,
  type Phase,
  type StageOf,
  type StoredUpload,
} from './job';
import type { JobContext } from './jobContext';
import type { Finished, Payload } from './jobFiles';
import type { Poller } from './poller';
import { afterPoll, type Waiting } from './progress';
import { findDelaysMs, jobWaitMs, mayHaveTakenEffect } from './retryTiming';
import type { SpeechApi } from './speechApi';

/** After a server error of its own, AssemblyAI asks to submit again: a few times, some seconds apart. */
const mostResubmissions = 3;
const resubmitDelayMs = 5000;

/** No step takes so long, unless the whole window stands still. */
const pauseMs = 10_000;

/** A finished transcript, as the service sent it and as Steno reads it. */
interface ParsedTranscript {
  readonly body: TranscriptBody;
  readonly transcript: Transcript;
}

/** A job on its way from the stage that it has reached to its note. Each stage is journaled before the next one begins. */
export class JobRun {
  /** Failures that may pass, since the service last accepted something. */
  private failures = 0;
  private resubmissions = 0;
  private lostUploads = 0;
  /** The finished transcript, parsed once for all that is made of it. */
  private finished: ParsedTranscript | undefined;

  constructor(
    private job: Job,
    private readonly context: JobContext,
  ) {}

  /** The job as it stands. */
  get current(): Job {
    return this.job;
  }

  /** What the service says that its user should know about the transcript; known once the note is written. */
  get warnings(): readonly string[] {
    return this.finished?.transcript.warnings ?? [];
  }

  /**
   * Works until the note is written. Waits up to half an hour for failures to pass that may.
   *
   * @returns the job, whose stage is `done`. It is still open in the journal.
   * @throws Failure for any other end; a later run goes on from `current`. With `cancelled`, a submitted job runs on at
   * the service.
   */
  async run(): Promise<JobIn<'done'>> {
    try {
      return await this.untilDone();
    } catch (thrown) {
      await this.expectOwn();
      throw withWhatRunsOn(asFailure(thrown), this.job.stage);
    }
  }

  /** No other failure matters when another window has taken over the job meanwhile. @throws Failure `takenOver` */
  private async expectOwn(): Promise<void> {
    await this.context.journal.ensureOwn(this.job.id).catch((thrown: unknown) => {
      const failure = asFailure(thrown);
      if (failure.kind === 'takenOver') {
        throw failure;
      }
    });
  }

  private async untilDone(): Promise<JobIn<'done'>> {
    const { clock, log, random, signal, onProgress } = this.context;
    for (;;) {
      try {
        while (!isIn(this.job, 'done')) {
          signal.throwIfAborted();
          await this.step();
        }
        return this.job;
      } catch (thrown) {
        const failure = asFailure(thrown);
        const waitMs = jobWaitMs(failure, ++this.failures, random());
        if (waitMs === undefined) {
          throw failure;
        }
        log.warn(`${this.job.recording.name}: ${failure.kind}, ${failure.message}; again in ${waitMs} ms`);
        onProgress({ step: 'retrying', failure, untilMs: clock.now() + waitMs });
        await clock.sleep(waitMs, signal);
      }
    }
  }

  private step(): Promise<void> {
    const { job } = this;
    switch (job.stage.phase) {
      case 'waiting':
        return this.begin();
      case 'uploading':
        return this.upload();
      case 'uploaded':
        return this.submit(job.stage.upload);
      case 'submitting':
        return this.findLost(job.stage);
      case 'submitted':
        return this.collect(job.stage);
      case 'transcribed':
        return this.save(job as JobIn<'transcribed'>);
      case 'saved':
        return this.writeNote(job as JobIn<'saved'>);
      case 'done':
        return Promise.resolve();
    }
  }

  /** Unless another transcript is wanted, a finished one of these very bytes saves the upload and the money. */
  private async begin(): Promise<void> {
    const { withSecrets, files, log, signal, onProgress } = this.context;
    const { force, notePath, recording } = this.job;
    onProgress({ step: 'checking' });
    const finished = force ? undefined : await files.findFinished(recording, signal);
    await files.ensureWritable(notePath);
    if (finished === undefined) {
      expectGoodOptions(this.job);
      await withSecrets(this.job.instructions.options);
      await this.enterUpload();
      return;
    }
    log.info(`${recording.name} is transcribed already, as ${finished.body.id}`);
    // This job did not order the transcript, so it must not delete it at the service.
    this.job = { ...this.job, instructions: { ...this.job.instructions, deleteAfterwards: false } };
    await this.keep(finished);
  }

  /** A recording on the web is not uploaded: the service fetches it. */
  private async enterUpload(): Promise<void> {
    const { url } = this.job.recording;
    const uploadedMs = this.context.clock.now();
    await (url === undefined
      ? this.enter({ phase: 'uploading' })
      : this.enter({ phase: 'uploaded', upload: { url, sha256: null, uploadedMs } }));
  }

  private async upload(): Promise<void> {
    const { clock, files, signal, onProgress } = this.context;
    const { api } = await this.context.service();
    const payload = await files.makePayload(this.job, signal, (fraction) =>
      onProgress({ step: 'extracting', fraction }),
    );
    try {
      expectGoodRecording(this.job, payload, api);
      const uploadedMs = clock.now();
      const { url, sha256 } = await this.send(payload, api);
      await this.enter({
        phase: 'uploaded',
        upload: { url, sha256: payload.sha256 ?? sha256, uploadedMs },
      });
      this.failures = 0;
    } finally {
      await payload.dispose();
    }
  }

  private send({ file, savedBytes }: Payload, api: SpeechApi): ReturnType<SpeechApi['upload']> {
    const { signal, onProgress } = this.context;
    const step = api.local === undefined ? 'uploading' : 'copying';
    const totalBytes = file.sizeBytes;
    const report = (sentBytes: number): void => onProgress({ step, sentBytes, totalBytes, savedBytes });
    report(0);
    return api.upload(file, { signal, onProgress: report });
  }

  /** Submits an upload. This is written down first, so that the job can be found if the answer gets lost. */
  private async submit(upload: StoredUpload): Promise<void> {
    const { clock, withSecrets, journal, signal } = this.context;
    if (isOnDisk(this.job) && !isUsable(upload, clock.now())) {
      await this.enter({ phase: 'uploading' });
      return;
    }
    const { api } = await this.context.service();
    const options = await withSecrets(this.job.instructions.options);
    const sinceMs = clock.now();
    await this.enter({ phase: 'submitting', upload, sinceMs });
    await this.expectOwnAfterPause(sinceMs);
    let transcriptId: string;
    try {
      const stillOwn = (): Promise<void> => journal.ensureOwn(this.job.id);
      transcriptId = (await api.submit(requestFor(upload.url, options), signal, stillOwn)).id;
    } catch (thrown) {
      await this.submitFailed(upload, asFailure(thrown));
      return;
    }
    await this.submitted(upload, sinceMs, transcriptId);
  }

  /**
   * A window that stood still, for example because another extension kept it busy, may have lost the job meanwhile. The
   * window that took the job asks the service for a lost submit for half a minute before it submits itself.
   */
  private async expectOwnAfterPause(sinceMs: number): Promise<void> {
    const { clock, journal } = this.context;
    for (let lastMs = sinceMs; clock.now() - lastMs > pauseMs;) {
      lastMs = clock.now();
      await journal.ensureOwn(this.job.id);
    }
  }

  /** The service has no job that it refused. It may have one whose submit got no answer: the next step asks for it. */
  private async submitFailed(upload: StoredUpload, failure: Failure): Promise<void> {
    if (mayHaveTakenEffect(failure)) {
      throw failure;
    }
    await this.enter({ phase: 'uploaded', upload });
    await this.sendAnewIfLost(failure);
  }

  /** The service has the job. A journal that cannot be written must not lose it now, so it is also held in memory. */
  private async submitted(upload: StoredUpload, sinceMs: number, transcriptId: string): Promise<void> {
    const { clock, journal, log } = this.context;
    log.info(`Submitted ${this.job.recording.name} as ${transcriptId}`);
    this.job = advanced(this.job, { phase: 'submitted', upload, sinceMs, transcriptId }, clock.now());
    this.failures = 0;
    await journal.write(this.job).catch((thrown: unknown) => {
      const failure = asFailure(thrown);
      if (failure.kind === 'takenOver') {
        throw failure;
      }
      log.warn(`Job not written down: ${failure.message}`);
    });
  }

  /** Asks the service for the job of a submit whose answer got lost; more than once, since its list lags. */
  private async findLost({ upload, sinceMs }: StageOf<'submitting'>): Promise<void> {
    const { clock, signal, onProgress } = this.context;
    const { api } = await this.context.service();
    onProgress({ step: 'queued', sinceMs, connected: false, done: null });
    for (const delayMs of findDelaysMs) {
      await clock.sleep(delayMs, signal);
      const found = await api.find(upload.url, sinceMs, signal);
      if (found !== undefined) {
        await this.submitted(upload, sinceMs, found.id);
        return;
      }
    }
    await this.enter({ phase: 'uploaded', upload });
  }

  /** Waits for the result, and keeps it. */
  private async collect(stage: StageOf<'submitted'>): Promise<void> {
    const { log } = this.context;
    const { api, poller } = await this.context.service();
    const { transcriptId, upload } = stage;
    const body = await this.waitFor(stage, poller).catch((thrown: unknown) => unlessGone(asFailure(thrown)));
    if (body === undefined || isDeleted(body)) {
      await this.gone(transcriptId, api);
    } else if (body.status === 'error') {
      await this.failed(body, stage, api);
    } else {
      await this.keep({ body, sha256: upload.sha256 });
      // The text must not stay in two places of this machine.
      await api.local?.discard(transcriptId).catch((thrown: unknown) => {
        log.warn(`Transcript ${transcriptId} kept by the server: ${asFailure(thrown).message}`);
      });
    }
  }

  private waitFor({ transcriptId, sinceMs }: StageOf<'submitted'>, poller: Poller): Promise<TranscriptBody> {
    const { clock, signal, onProgress, onPolled } = this.context;
    const { durationSeconds } = this.job;
    let waiting: Waiting = { step: 'queued', sinceMs, connected: true, done: null };
    onProgress(waiting);
    return poller.untilFinal({ transcriptId, sinceMs, durationSeconds }, signal, (body) => {
      waiting = afterPoll(waiting, body, clock.now());
      onProgress(waiting);
      if (body !== undefined) {
        onPolled?.(body);
      }
    });
  }

  /** The service no longer has the job. On this machine it costs nothing to begin anew; elsewhere the user decides. */
  private async gone(transcriptId: string, api: SpeechApi): Promise<void> {
    if (api.local === undefined) {
      this.beginAnewNextTime();
      throw new Failure('notFound', 'It was there before', { transcriptId, host: api.host });
    }
    await this.enterUpload();
  }

  /** The job failed at the service. Tries again where that helps. */
  private async failed(
    body: TranscriptBody,
    { upload }: StageOf<'submitted'>,
    api: SpeechApi,
  ): Promise<void> {
    const { clock, log, signal } = this.context;
    const failure = failureFor(body, this.job.recording).with({ host: api.host });
    log.warn(`Transcript ${body.id} failed: ${failure.message}`);
    if (failure.kind === 'jobServerError' && this.resubmissions < mostResubmissions) {
      this.resubmissions++;
      await this.enter({ phase: 'uploaded', upload });
      await clock.sleep(resubmitDelayMs, signal);
      return;
    }
    await this.sendAnewIfLost(failure);
  }

  /** @throws Failure the same, unless another upload helps */
  private async sendAnewIfLost(failure: Failure): Promise<void> {
    if (isOnDisk(this.job) && isUploadLost(failure) && this.lostUploads === 0) {
      this.lostUploads++;
      await this.enter({ phase: 'uploading' });
      return;
    }
    if (isIn(this.job, 'submitted')) {
      this.beginAnewNextTime();
    }
    throw failure;
  }

  /** Waiting for the same job again would not help: a user who retries wants a new one. Written down with the failure. */
  private beginAnewNextTime(): void {
    this.job = advanced(this.job, { phase: 'waiting' }, this.context.clock.now());
  }

  /** Keeps a finished transcript, unless another window has the job or its user has forgotten it. */
  private async keep({ body, sha256 }: Finished): Promise<void> {
    const { journal } = this.context;
    const { id } = this.job;
    await journal.ensureOwn(id);
    await journal.keepTranscript(id, body);
    await this.enter({ phase: 'transcribed', transcriptId: body.id, sha256 });
    this.finished = parsed(body);
  }

  /** The sidecar comes first: the note can be made from it again. */
  private async save(job: JobIn<'transcribed'>): Promise<void> {
    const { located, body } = await this.beforeSaving(job);
    const hasSidecar = await this.context.files.saveSidecar(located, body);
    const { transcriptId, sha256 } = located.stage;
    await this.enter({ phase: 'saved', transcriptId, sha256, hasSidecar });
  }

  private async writeNote(job: JobIn<'saved'>): Promise<void> {
    const { beforeDone, clock, files } = this.context;
    const { located, transcript } = await this.beforeSaving(job);
    const note = await files.saveNote(located, transcript);
    const { transcriptId, hasSidecar } = located.stage;
    const done = advanced(this.job, { phase: 'done', transcriptId, hasSidecar, note }, clock.now());
    await beforeDone(done);
    this.job = done;
  }

  /** What to save, and where: much may have happened since the job was chosen. */
  private async beforeSaving<J extends JobIn<'transcribed' | 'saved'>>(
    job: J,
  ): Promise<ParsedTranscript & { readonly located: J }> {
    const { files, journal, signal, onProgress } = this.context;
    onProgress({ step: 'saving' });
    const finished = (this.finished ??= parsed(await journal.keptTranscript(job.id)));
    const located = await files.locate(job, signal);
    this.job = located;
    await journal.ensureOwn(job.id);
    return { ...finished, located };
  }

  /** Goes on to a stage that is journaled first. */
  private async enter<P extends Phase>(stage: StageOf<P>): Promise<void> {
    const next = advanced(this.job, stage, this.context.clock.now());
    await this.context.journal.write(next);
    this.job = next;
  }
}

function parsed(body: TranscriptBody): ParsedTranscript {
  return { body, transcript: parseTranscript(body) };
}
