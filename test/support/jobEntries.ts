import type { Halt, Job, Phase, Stage, StoredUpload } from '../../src/core/jobs/job';
import type { JobEntry } from '../../src/core/jobs/jobEntry';
import { defaultInstructions } from '../../src/core/request/request';

const upload: StoredUpload = { url: 'https://cdn.example.test/upload/1', sha256: 'ab', uploadedMs: 1000 };
const transcriptId = '3f0c2b9e-5a41-4d0b-9d5e-7c1a2e8f6b10';
const sha256 = 'ab';

/** A job of each stage; the service got it at 60 000 ms. */
export const stages: Readonly<Record<Phase, Stage>> = {
  waiting: { phase: 'waiting' },
  uploading: { phase: 'uploading' },
  uploaded: { phase: 'uploaded', upload },
  submitting: { phase: 'submitting', upload, sinceMs: 60_000 },
  submitted: { phase: 'submitted', upload, sinceMs: 60_000, transcriptId },
  transcribed: { phase: 'transcribed', transcriptId, sha256 },
  saved: { phase: 'saved', transcriptId, sha256, hasSidecar: true },
  done: { phase: 'done', transcriptId, hasSidecar: true, note: '/talks/standup.transcript.md' },
};

/** The names of all stages. */
export const phases = Object.keys(stages) as Phase[];

/** A waiting job of `/talks/standup.mp3` at AssemblyAI, chosen and changed at 1000 ms, with other facts where given. */
export function aJob(otherwise: Partial<Job> = {}): Job {
  return {
    id: 'job-1',
    service: 'https://api.assemblyai.com',
    recording: { path: '/talks/standup.mp3', name: 'standup.mp3', sizeBytes: 35_200_000, modifiedMs: 500 },
    durationSeconds: 1930,
    notePath: '/talks/standup.transcript.md',
    instructions: defaultInstructions,
    force: false,
    batch: null,
    chosenMs: 1000,
    changedMs: 1000,
    stage: stages.waiting,
    halt: null,
    ...otherwise,
  };
}

/** A job of a stage that waits for its turn in this window, with other facts where given. */
export function anEntry(
  phase: Phase = 'waiting',
  job: Partial<Job> = {},
  otherwise: Partial<JobEntry> = {},
): JobEntry {
  return { job: aJob({ stage: stages[phase], ...job }), progress: undefined, owner: 'here', ...otherwise };
}

/** The halt of a job whose service cannot be reached. */
export const offline: Halt = {
  reason: 'failed',
  failure: { kind: 'offline', message: 'getaddrinfo ENOTFOUND', code: 'ENOTFOUND' },
};
