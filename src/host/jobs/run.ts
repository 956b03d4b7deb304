import * as vscode from 'vscode';
import { asFailure, type Failure } from '../../core/failures/failure';
import { discard, forget } from '../../core/jobs/jobMemory';
import type { JobStore } from '../../core/jobs/jobStore';
import type { Clock, Recording, SpeechApi } from '../../core/jobs/ports';
import { transcribeRecording } from '../../core/jobs/transcribeRecording';
import { withoutLinks } from '../../core/plainMessage';
import type { Sidecar } from '../../core/sidecar/sidecar';
import { signalOf } from '../cancellation';
import { logFailure } from '../failures';
import type { HostLog } from '../log';
import { codeOf } from '../note/files';
import { findFinished, writeSidecar } from '../note/sidecarFile';
import { ensureWritable } from '../note/notePlace';
import { writeNote } from '../note/writeNote';
import { offer } from '../messages';
import { Board } from './board';
import { inParallel } from './inParallel';
import type { Plan } from './plan';

/** A recording whose note is written. */
export interface WrittenOutcome {
  readonly kind: 'written';
  readonly plan: Plan;
  readonly notePath: string;
}

/** A recording that came to nothing, for now. */
export interface FailedOutcome {
  readonly kind: 'failed';
  readonly file: string;
  readonly failure: Failure;
}

/** How one recording came out. */
export type Outcome = WrittenOutcome | FailedOutcome;

/** What jobs run on. */
export interface RunContext {
  readonly api: SpeechApi;
  readonly store: JobStore;
  readonly clock: Clock;
  readonly log: HostLog;
}

/** Recordings at work at once; AssemblyAI's own limit for a free account is 5 jobs. */
export const atOnce = 4;

/** Transcribes recordings under one progress notification. Never rejects: failures are outcomes. */
export async function run(plans: readonly Plan[], context: RunContext): Promise<readonly Outcome[]> {
  const [only] = plans;
  const what = plans.length === 1 && only !== undefined ? only.recording.name : `${plans.length} recordings`;
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: withoutLinks(`Transcribing ${what}${context.api.local === undefined ? '' : ' on this machine'}`),
    cancellable: true,
  };
  return vscode.window.withProgress(options, async (progress, token) => {
    const report = (message: string): void => progress.report({ message: withoutLinks(message) });
    const board = new Board(context.clock, plans.length, report);
    const stop = new AbortController();
    const signal = AbortSignal.any([signalOf(token), stop.signal]);
    try {
      return await inParallel(plans, atOnce, async (plan) => {
        const outcome = await runOne(plan, context, board, signal);
        if (outcome.kind === 'failed' && concernsAll(outcome.failure)) {
          stop.abort();
        }
        return outcome;
      });
    } finally {
      board.dispose();
    }
  });
}

/** A refused key or an empty account stops every job of the run, once. */
function concernsAll(failure: Failure): boolean {
  return failure.kind === 'keyRejected' || failure.kind === 'billing';
}

async function runOne(plan: Plan, context: RunContext, board: Board, signal: AbortSignal): Promise<Outcome> {
  const { log } = context;
  const { recording } = plan;
  try {
    signal.throwIfAborted();
    const notePath = await produce(plan, context, board, signal);
    log.info(`Wrote ${notePath}`);
    return { kind: 'written', plan, notePath };
  } catch (thrown) {
    const failure = asFailure(thrown);
    logFailure(log, recording.name, failure);
    return { kind: 'failed', file: recording.path, failure };
  } finally {
    board.done(recording);
  }
}

async function produce(plan: Plan, context: RunContext, board: Board, signal: AbortSignal): Promise<string> {
  const { recording, notePath } = plan;
  const createdMs = context.clock.now();
  // Whoever has a note and wants another one wants another transcript.
  const finished = plan.existingNote === undefined ? await findFinished(recording, signal) : undefined;
  if (finished !== undefined) {
    context.log.info(`${recording.name} is transcribed already, as ${finished.transcript.id}`);
    await forgetSaved(recording, finished.transcript.id, context);
    return writeNote({ recording, body: finished.transcript, notePath, createdMs });
  }
  await ensureWritable(notePath);
  const { job, body } = await transcribeRecording(recording, {
    ...context,
    random: Math.random,
    signal,
    onProgress: (progress) => board.show(recording, progress),
  });
  await keepSidecar(recording, { source: recording.name, transcript: body, sha256: job.sha256 }, context.log);
  const written = await writeNote({ recording, body, notePath, createdMs });
  await discard(job, context);
  return written;
}

/** A job whose transcript is saved is done, even if its note had to wait for room on the disk. */
async function forgetSaved(recording: Recording, transcriptId: string, context: RunContext): Promise<void> {
  const job = context.store.find(recording, context.api.origin);
  if (job?.transcriptId === transcriptId) {
    await forget(job.audioUrl, context);
  }
}

/** A recording on a read-only medium has no sidecar; its note, which may lie elsewhere, is still worth writing. */
async function keepSidecar(recording: Recording, sidecar: Sidecar, log: HostLog): Promise<void> {
  try {
    await writeSidecar(recording, sidecar);
  } catch (error) {
    const reason = codeOf(error) ?? String(error);
    log.warn(`No sidecar beside ${recording.path}: ${reason}`);
    const loss = 'the note is complete, but word times and confidences are not kept';
    void offer(
      'information',
      `The transcript could not be saved beside ${recording.name} (${reason}): ${loss}.`,
    );
  }
}
