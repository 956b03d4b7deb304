import { asFailure, Failure, type FailureKind } from '../failures/failure';
import { jobFailure } from '../failures/jobFailure';
import { defaultRequest } from '../request/request';
import type { TranscriptBody } from '../transcript/model';
import { isDeleted } from '../transcript/parseTranscript';
import { readWorkDone } from '../transcript/workDone';
import { discard, forget, remember } from './jobMemory';
import type { JobStore, PendingJob } from './jobStore';
import { localPollDelayMs, pollDelayMs } from './pollTiming';
import type { Clock, Log, Recording, SpeechApi, Upload } from './ports';
import type { JobProgress, Waiting } from './progress';

/** What a job works with. */
export interface JobContext {
  readonly api: SpeechApi;
  readonly store: JobStore;
  readonly clock: Clock;
  /** Numbers in [0, 1). */
  readonly random: () => number;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: JobProgress) => void;
}

/** A job that the service has named. */
type SubmittedJob = PendingJob & { readonly transcriptId: string };

/** A finished job. It stays in the store until its caller has written the result down. */
export interface FinishedJob {
  readonly job: SubmittedJob;
  readonly body: TranscriptBody;
}

/** Failures that a running job outlives: it goes on at the service, only the connection is bad. */
const transientKinds: ReadonlySet<FailureKind> = new Set<FailureKind>([
  'offline',
  'network',
  'timeout',
  'server',
  'rateLimited',
  'unexpectedAnswer',
]);

/** AssemblyAI asks to submit again after a server error of its own: a few times, some seconds apart. */
const resubmissions = 3;
const resubmitDelayMs = 5000;

/** AssemblyAI begins to delete an upload after 24 hours. */
const uploadUsableMs = 20 * 60 * 60 * 1000;

/**
 * Uploads a recording, submits it and waits until it is transcribed. When a job of the same recording is
 * already known, that one is waited for instead: nothing is uploaded or paid for twice.
 *
 * @throws Failure; after submission it names the transcript id. A `cancelled` one with an id leaves the job in the
 * store, to be collected by the next call; one without says that nothing runs on.
 */
export async function transcribeRecording(recording: Recording, context: JobContext): Promise<FinishedJob> {
  const known = context.store.find(recording, context.api.origin);
  if (known === undefined) {
    return transcribeUploads(recording, undefined, context);
  }
  const finished = await collect(known, context);
  if (finished !== undefined) {
    return finished;
  }
  await forget(known.audioUrl, context);
  const isUnused = known.transcriptId === undefined && context.clock.now() - known.startedMs < uploadUsableMs;
  const upload = isUnused ? { url: known.audioUrl, sha256: known.sha256 } : undefined;
  return transcribeUploads(recording, upload, context);
}

/**
 * The result of a job that was begun before; undefined when there is none, or when it failed in a way that another
 * one may not. Failures that are for good are thrown, once: the next call begins anew.
 */
async function collect(known: PendingJob, context: JobContext): Promise<FinishedJob | undefined> {
  const transcriptId = known.transcriptId ?? (await findLost(known, context));
  if (transcriptId === undefined) {
    return undefined;
  }
  context.log.info(`Waiting for ${transcriptId}, submitted before`);
  const job = { ...known, transcriptId };
  await remember(job, context);
  try {
    const body = await waitForResult(job, context);
    return isDeleted(body) ? undefined : { job, body };
  } catch (thrown) {
    const failure = asFailure(thrown);
    if (isUploadLost(failure) || failure.kind === 'jobServerError') {
      return undefined;
    }
    if (failure.kind === 'notFound') {
      await forget(job.audioUrl, context);
      if (context.api.local !== undefined) {
        return undefined;
      }
    }
    throw failure;
  }
}

/** The id of a job whose submit got no answer, if it was made. */
async function findLost(job: PendingJob, { api, signal }: JobContext): Promise<string | undefined> {
  try {
    return (await api.find(job.audioUrl, job.startedMs, signal))?.id;
  } catch (thrown) {
    const failure = asFailure(thrown);
    throw failure.kind === 'cancelled'
      ? new Failure('cancelledWhileSubmitting', failure.message, { cause: failure, host: api.host })
      : failure;
  }
}

async function transcribeUploads(
  recording: Recording,
  first: Upload | undefined,
  context: JobContext,
): Promise<FinishedJob> {
  let upload = first ?? (await uploadRecording(recording, context));
  let mayUploadAgain = true;
  for (let attempt = 0; ; attempt++) {
    try {
      return await transcribeUpload(recording, upload, context);
    } catch (thrown) {
      const failure = asFailure(thrown);
      if (isUploadLost(failure) && mayUploadAgain) {
        await forget(upload.url, context);
        upload = await uploadRecording(recording, context);
        mayUploadAgain = false;
      } else if (failure.kind === 'jobServerError' && attempt < resubmissions) {
        await context.clock.sleep(resubmitDelayMs, context.signal);
      } else {
        throw failure;
      }
    }
  }
}

/** The service keeps uploads for a day or so, and may lose one before that. */
function isUploadLost(failure: Failure): boolean {
  return failure.kind === 'downloadFailed' || failure.kind === 'uploadForbidden';
}

async function transcribeUpload(
  recording: Recording,
  upload: Upload,
  context: JobContext,
): Promise<FinishedJob> {
  const job = await submit(recording, upload, context);
  return { job, body: await waitForResult(job, context) };
}

/** @throws Failure when the job failed, which is forgotten then */
async function waitForResult(job: SubmittedJob, context: JobContext): Promise<TranscriptBody> {
  const body = await waitOrStop(job, context);
  if (body.status === 'completed') {
    return body;
  }
  await forget(job.audioUrl, context);
  const failure = jobFailure(body['error'], job.transcriptId, job.recording.name);
  context.log.warn(`Transcript ${job.transcriptId} failed: ${failure.message}`);
  throw failure.with({ host: context.api.host });
}

async function uploadRecording(recording: Recording, context: JobContext): Promise<Upload> {
  const totalBytes = recording.sizeBytes;
  const step = context.api.local === undefined ? 'uploading' : 'copying';
  const onProgress = (sentBytes: number): void => context.onProgress({ step, sentBytes, totalBytes });
  onProgress(0);
  return context.api.upload(recording, { signal: context.signal, onProgress });
}

/** Submits an upload. That is written down first: should the answer get lost, the job can still be found. */
async function submit(recording: Recording, upload: Upload, context: JobContext): Promise<SubmittedJob> {
  const { api, clock, log, signal } = context;
  const pending: PendingJob = {
    audioUrl: upload.url,
    origin: api.origin,
    recording,
    sha256: upload.sha256,
    startedMs: clock.now(),
  };
  await remember(pending, context);
  const { id } = await api.submit(defaultRequest(upload.url), signal);
  log.info(`Submitted ${recording.name} as ${id}`);
  const job = { ...pending, transcriptId: id };
  await remember(job, context);
  return job;
}

/** Work that nobody waits for any more is stopped where it can be, and forgotten. */
async function waitOrStop(job: SubmittedJob, context: JobContext): Promise<TranscriptBody> {
  try {
    return await waitUntilDone(job, context);
  } catch (thrown) {
    const failure = asFailure(thrown);
    const { local } = context.api;
    if (failure.kind !== 'cancelled' || local === undefined) {
      throw failure;
    }
    await discard(job, context);
    throw new Failure('cancelled', failure.message, { cause: failure });
  }
}

/** Asks until the status is final. Bad connections are waited out; the user can always cancel. */
async function waitUntilDone(job: SubmittedJob, context: JobContext): Promise<TranscriptBody> {
  let waiting: Waiting = { step: 'queued', sinceMs: job.startedMs, connected: true, done: null };
  try {
    for (let asked = 0; ; asked++) {
      const body = await look(job.transcriptId, context);
      if (body?.status === 'completed' || body?.status === 'error') {
        return body;
      }
      waiting = seen(waiting, body, context.clock.now());
      context.onProgress(waiting);
      const isLocal = context.api.local !== undefined;
      const delayMs = isLocal ? localPollDelayMs : pollDelayMs(asked, context.random());
      await context.clock.sleep(delayMs, context.signal);
    }
  } catch (thrown) {
    throw asFailure(thrown).with({ transcriptId: job.transcriptId, host: context.api.host });
  }
}

/** How a wait stands after one more look; without a body, nobody answered. */
function seen(before: Waiting, body: TranscriptBody | undefined, nowMs: number): Waiting {
  if (body === undefined) {
    return { ...before, connected: false };
  }
  const began = body.status === 'processing' && before.step === 'queued';
  const step = began ? ({ step: 'processing', sinceMs: nowMs } as const) : {};
  return { ...before, ...step, connected: true, done: readWorkDone(body) };
}

/** The job as it stands, or undefined while the service cannot be reached. */
async function look(transcriptId: string, context: JobContext): Promise<TranscriptBody | undefined> {
  try {
    return await context.api.get(transcriptId, context.signal);
  } catch (thrown) {
    const failure = asFailure(thrown);
    if (!isTransient(failure)) {
      throw failure;
    }
    context.log.warn(`Could not ask for ${transcriptId}: ${failure.message}`);
    return undefined;
  }
}

/** A 403 may mean too many requests, but one that stays after the client's own tries is for good. */
function isTransient({ kind, status }: Failure): boolean {
  return transientKinds.has(kind) && status !== 403;
}
