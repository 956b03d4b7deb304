import { asFailure, type Failure, type FailureKind } from '../failures/failure';
import { jobFailure } from '../failures/jobFailure';
import { defaultRequest } from '../request/request';
import type { TranscriptBody } from '../transcript/model';
import type { JobStore, SubmittedJob } from './jobStore';
import { pollDelayMs } from './pollTiming';
import type { Clock, Log, Recording, SpeechApi, Upload } from './ports';
import type { JobProgress } from './progress';

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

/**
 * Uploads a recording, submits it and waits until it is transcribed. When a job of the same recording is
 * already known, that one is waited for instead: nothing is uploaded or paid for twice.
 *
 * @throws Failure; after submission it names the transcript id. A `cancelled` one leaves the job in the
 * store, to be collected by the next call.
 */
export async function transcribeRecording(recording: Recording, context: JobContext): Promise<FinishedJob> {
  const known = context.store.find(recording, context.api.origin);
  if (known !== undefined) {
    context.log.info(`Waiting for ${known.transcriptId}, submitted before`);
    const body = await waitUntilDone(known, context).catch((thrown: unknown) => {
      const failure = asFailure(thrown);
      if (failure.kind === 'notFound') {
        return undefined;
      }
      throw failure;
    });
    if (body?.status === 'completed') {
      return { job: known, body };
    }
    await context.store.remove(known.transcriptId);
  }
  return uploadAndTranscribe(recording, context);
}

async function uploadAndTranscribe(recording: Recording, context: JobContext): Promise<FinishedJob> {
  let upload = await uploadRecording(recording, context);
  let mayUploadAgain = true;
  for (let attempt = 0; ; attempt++) {
    try {
      return await transcribeUpload(recording, upload, context);
    } catch (thrown) {
      const failure = asFailure(thrown);
      if (isUploadLost(failure) && mayUploadAgain) {
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
  const body = await waitUntilDone(job, context);
  if (body.status === 'completed') {
    return { job, body };
  }
  await context.store.remove(job.transcriptId);
  const failure = jobFailure(body['error'], job.transcriptId, recording.name);
  context.log.warn(`Transcript ${job.transcriptId} failed: ${failure.message}`);
  throw failure;
}

async function uploadRecording(recording: Recording, context: JobContext): Promise<Upload> {
  const totalBytes = recording.sizeBytes;
  const onProgress = (sentBytes: number): void =>
    context.onProgress({ step: 'uploading', sentBytes, totalBytes });
  onProgress(0);
  return context.api.upload(recording, { signal: context.signal, onProgress });
}

async function submit(recording: Recording, upload: Upload, context: JobContext): Promise<SubmittedJob> {
  const { api, clock, log, signal } = context;
  const submittedMs = clock.now();
  const body = await api.submit(defaultRequest(upload.url), signal);
  log.info(`Submitted ${recording.name} as ${body.id}`);
  const job: SubmittedJob = {
    transcriptId: body.id,
    origin: api.origin,
    recording,
    sha256: upload.sha256,
    submittedMs,
  };
  await context.store.put(job);
  return job;
}

/** Asks until the status is final. Bad connections are waited out; the user can always cancel. */
async function waitUntilDone(job: SubmittedJob, context: JobContext): Promise<TranscriptBody> {
  let step: 'queued' | 'processing' = 'queued';
  let sinceMs = job.submittedMs;
  try {
    for (let asked = 0; ; asked++) {
      const body = await look(job.transcriptId, context);
      if (body?.status === 'completed' || body?.status === 'error') {
        return body;
      }
      if (body?.status === 'processing' && step === 'queued') {
        step = 'processing';
        sinceMs = context.clock.now();
      }
      context.onProgress({ step, sinceMs, connected: body !== undefined });
      await context.clock.sleep(pollDelayMs(asked, context.random()), context.signal);
    }
  } catch (thrown) {
    throw asFailure(thrown).withTranscriptId(job.transcriptId);
  }
}

/** The job as it stands, or undefined while the service cannot be reached. */
async function look(transcriptId: string, context: JobContext): Promise<TranscriptBody | undefined> {
  try {
    return await context.api.get(transcriptId, context.signal);
  } catch (thrown) {
    const failure = asFailure(thrown);
    if (!transientKinds.has(failure.kind)) {
      throw failure;
    }
    context.log.warn(`Could not ask for ${transcriptId}: ${failure.message}`);
    return undefined;
  }
}
