import { Failure, type FailureFacts, type FailureKind } from '../failures/failure';
import type { Instructions } from '../request/request';
import type { Recording } from '../ports';

/** A recording at the service. */
export interface StoredUpload {
  /** Of this upload alone; or the address of a recording on the web. */
  readonly url: string;
  /** SHA-256 of the recording, lower-case hex, even where only its sound was sent; null where its bytes were never read here. */
  readonly sha256: string | null;
  /** ms since 1970. */
  readonly uploadedMs: number;
}

/** How far a job is. Each stage is written down before the next one begins, so that a crash costs one stage at most. */
export type Stage =
  /** Chosen, but not begun. */
  | { readonly phase: 'waiting' }
  | { readonly phase: 'uploading' }
  | { readonly phase: 'uploaded'; readonly upload: StoredUpload }
  /** The submit was sent and its answer is not known: the service may have the job or not. */
  | { readonly phase: 'submitting'; readonly upload: StoredUpload; readonly sinceMs: number }
  /** The service has given the job an id. From here on it is paid for. */
  | {
      readonly phase: 'submitted';
      readonly upload: StoredUpload;
      readonly sinceMs: number;
      readonly transcriptId: string;
    }
  /** The finished transcript lies in the journal. */
  | { readonly phase: 'transcribed'; readonly transcriptId: string; readonly sha256: string | null }
  /** It also lies beside the recording; where the folder takes no files, it stays in the journal. */
  | {
      readonly phase: 'saved';
      readonly transcriptId: string;
      readonly sha256: string | null;
      readonly hasSidecar: boolean;
    }
  | {
      readonly phase: 'done';
      readonly transcriptId: string;
      readonly hasSidecar: boolean;
      /** Absolute path. */
      readonly note: string;
    };

/** The name of a stage. */
export type Phase = Stage['phase'];

/** The stage with a given name. */
export type StageOf<P extends Phase> = Extract<Stage, { readonly phase: P }>;

/** The stages that may follow each stage. A job goes back when the service lost something, or when its user starts over. */
export const transitions: Readonly<Record<Phase, readonly Phase[]>> = {
  // A finished transcript beside the recording saves all the rest; a recording on the web is not uploaded.
  waiting: ['uploading', 'uploaded', 'transcribed'],
  uploading: ['uploaded'],
  uploaded: ['submitting', 'uploading'],
  submitting: ['submitted', 'uploaded'],
  submitted: ['transcribed', 'uploaded', 'uploading', 'waiting'],
  transcribed: ['saved'],
  saved: ['done'],
  done: [],
};

/** The part of a failure that is written down, enough to report it later. */
export interface KeptFailure extends Pick<
  FailureFacts,
  'status' | 'retryAfterMs' | 'transcriptId' | 'code' | 'subject' | 'host' | 'keptAt'
> {
  readonly kind: FailureKind;
  readonly message: string;
}

/** Why a job rests: it failed, or its user detached it: it runs on at the service, and its transcript can be collected. */
export type Halt =
  { readonly reason: 'failed'; readonly failure: KeptFailure } | { readonly reason: 'detached' };

/** One recording on its way to a note. */
export interface Job {
  /** A hash of `jobIdentity`; also the name of its file. */
  readonly id: string;
  /** Where it runs: the origin of its `SpeechApi`. */
  readonly service: string;
  readonly recording: Recording;
  /** As the recording's own headers say; null where they do not. */
  readonly durationSeconds: number | null;
  /** Where the settings want the note. If a file has that name, the note gets a number. */
  readonly notePath: string;
  readonly instructions: Instructions;
  /** Whether to transcribe the recording although there is a finished transcript. */
  readonly force: boolean;
  /** Shared by jobs that were chosen together; null for a job that was chosen alone. */
  readonly batch: string | null;
  /** ms since 1970. */
  readonly chosenMs: number;
  /** When it was last written down, ms since 1970. */
  readonly changedMs: number;
  readonly stage: Stage;
  readonly halt: Halt | null;
}

/** A job in a given stage. */
export type JobIn<P extends Phase> = Job & { readonly stage: StageOf<P> };

/** Whether a job's recording is a file here. A recording on the web is fetched by the service. */
export function isOnDisk({ recording }: Pick<Job, 'recording'>): boolean {
  return recording.url === undefined;
}

/** Whether a job is in a given stage. */
export function isIn<P extends Phase>(job: Job, phase: P): job is JobIn<P> {
  return job.stage.phase === phase;
}

/**
 * The job in its next stage.
 * @throws Error for a stage that may not follow, which would be a programming mistake
 */
export function advanced<P extends Phase>(job: Job, stage: StageOf<P>, nowMs: number): JobIn<P> {
  if (!transitions[job.stage.phase].includes(stage.phase)) {
    throw new Error(`A job that is ${job.stage.phase} cannot become ${stage.phase}`);
  }
  return { ...job, stage, changedMs: nowMs };
}

/** The job at rest. */
export function halted(job: Job, halt: Halt, nowMs: number): Job {
  return { ...job, halt, changedMs: nowMs };
}

/** The part of a failure that is written down. None of it is secret. */
export function keptFailure(failure: Failure): KeptFailure {
  const { kind, message, status, retryAfterMs, transcriptId, code, subject, host, keptAt } = failure;
  return { kind, message, status, retryAfterMs, transcriptId, code, subject, host, keptAt };
}

/** The failure as it was, as far as it was written down. */
export function failureOf({ kind, message, ...facts }: KeptFailure): Failure {
  return new Failure(kind, message, facts);
}

/**
 * What identifies a job: path, size and age of the file, or the address on the web, and the service. A recording that is
 * chosen twice, for example in two windows at once, has one job, also where macOS composes its name in two ways.
 */
export function jobIdentity(recording: Recording, service: string): string {
  const { path, sizeBytes, modifiedMs, url } = recording;
  const place = path.normalize('NFC');
  return JSON.stringify([service, place, sizeBytes, modifiedMs, ...(url === undefined ? [] : [url])]);
}

/** AssemblyAI begins to delete an upload after 24 hours. */
const uploadUsableMs = 20 * 60 * 60 * 1000;

/** Whether the service still has an upload, judged by its age. */
export function isUsable({ uploadedMs }: StoredUpload, nowMs: number): boolean {
  return nowMs - uploadedMs <= uploadUsableMs;
}

/** Whether the service is, or may be, at work on a job. Then forgetting it costs money. */
export function mayRunAtService({ stage }: Pick<Job, 'stage'>): boolean {
  return stage.phase === 'submitting' || stage.phase === 'submitted';
}

/** Whether the transcript of a job is finished, so that only its files are still to be written. */
export function hasTranscript({ stage }: Pick<Job, 'stage'>): boolean {
  return stage.phase === 'transcribed' || stage.phase === 'saved' || stage.phase === 'done';
}
