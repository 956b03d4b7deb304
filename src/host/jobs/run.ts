import * as path from 'node:path';
import * as vscode from 'vscode';
import { asFailure, type Failure } from '../../core/failures/failure';
import type { JobStore } from '../../core/jobs/jobStore';
import type { Clock, SpeechApi } from '../../core/jobs/ports';
import { transcribeRecording } from '../../core/jobs/transcribeRecording';
import type { TranscriptBody } from '../../core/transcript/model';
import { signalOf } from '../cancellation';
import { logFailure } from '../failures';
import type { HostLog } from '../log';
import { codeOf } from '../note/files';
import { findFinished, writeSidecar } from '../note/sidecarFile';
import { writeNote } from '../note/writeNote';
import { Board } from './board';
import type { Plan } from './plan';

/** A recording whose note is written. */
interface WrittenOutcome {
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
const atOnce = 4;

/** Transcribes recordings under one progress notification. Never rejects: failures are outcomes. */
export async function run(plans: readonly Plan[], context: RunContext): Promise<readonly Outcome[]> {
  const [only] = plans;
  const what = plans.length === 1 && only !== undefined ? only.recording.name : `${plans.length} recordings`;
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: `Transcribing ${what}`,
    cancellable: true,
  };
  return vscode.window.withProgress(options, async (progress, token) => {
    const board = new Board(context.clock, plans.length, (message) => progress.report({ message }));
    const stop = new AbortController();
    const signal = AbortSignal.any([signalOf(token), stop.signal]);
    const outcomes: Outcome[] = [];
    const waiting = [...plans];
    const work = async (): Promise<void> => {
      for (let plan = waiting.shift(); plan !== undefined; plan = waiting.shift()) {
        const outcome = await runOne(plan, context, board, signal);
        outcomes.push(outcome);
        if (outcome.kind === 'failed' && concernsAll(outcome.failure)) {
          stop.abort();
        }
      }
    };
    try {
      await Promise.all(Array.from({ length: atOnce }, work));
    } finally {
      board.dispose();
    }
    return outcomes;
  });
}

/** A refused key or an empty account stops every job of the run, once. */
function concernsAll(failure: Failure): boolean {
  return failure.kind === 'keyRejected' || failure.kind === 'billing';
}

async function runOne(plan: Plan, context: RunContext, board: Board, signal: AbortSignal): Promise<Outcome> {
  const { log } = context;
  try {
    signal.throwIfAborted();
    const notePath = await produce(plan, context, board, signal);
    log.info(`Wrote ${notePath}`);
    return { kind: 'written', plan, notePath };
  } catch (thrown) {
    const failure = asFailure(thrown);
    logFailure(log, plan.recording.name, failure);
    return { kind: 'failed', file: plan.recording.path, failure };
  } finally {
    board.done(plan.recording);
  }
}

async function produce(plan: Plan, context: RunContext, board: Board, signal: AbortSignal): Promise<string> {
  const { recording, notePath } = plan;
  const finished = plan.mayReuse ? await findFinished(recording, signal) : undefined;
  if (finished !== undefined) {
    context.log.info(`${recording.name} is transcribed already, as ${finished.transcript.id}`);
    return writeNote({ recording, body: finished.transcript, notePath, createdMs: context.clock.now() });
  }
  const { job, body } = await transcribeRecording(recording, {
    ...context,
    random: Math.random,
    signal,
    onProgress: (progress) => board.show(recording, progress),
  });
  await keepSidecar(plan, job.sha256, body, context.log);
  const written = await writeNote({ recording, body, notePath, createdMs: context.clock.now() });
  await context.store.remove(job.transcriptId);
  return written;
}

/** A recording on a read-only medium has no sidecar; its note, which may lie elsewhere, is still worth writing. */
async function keepSidecar(
  plan: Plan,
  sha256: string,
  transcript: TranscriptBody,
  log: HostLog,
): Promise<void> {
  const { recording } = plan;
  try {
    await writeSidecar(recording, { source: recording.name, transcript, sha256 });
  } catch (error) {
    const code = codeOf(error) ?? String(error);
    log.warn(`No sidecar beside ${recording.name} in ${path.dirname(recording.path)}: ${code}`);
  }
}
