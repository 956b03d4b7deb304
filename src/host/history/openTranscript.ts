import * as vscode from 'vscode';
import type { AssemblyAiClient } from '../../assemblyai/client';
import { Failure } from '../../core/failures/failure';
import { checkFinished } from '../../core/history/checkFinished';
import { actionsFor } from '../../core/jobs/jobEntry';
import type { TranscriptBody } from '../../core/transcript/model';
import { parseTranscript } from '../../core/transcript/parseTranscript';
import type { JobList } from '../jobs/jobList';
import { tellWarnings } from '../transcribe/showResults';
import { actualPath } from '../../node/actualPath';
import { findInWorkspace } from '../note/findInWorkspace';
import { chooseFolder, chooseOtherFolder } from '../options/chooseFolder';
import { readNoteLayout } from '../platform/settings';
import { attempt, whileWaiting } from '../services/atAssemblyAi';
import type { HistoryParts } from './historyParts';
import {
  knownTranscripts,
  ownFilesPattern,
  type KnownTranscript,
  type KnownTranscripts,
} from './knownTranscripts';
import { saveTranscript } from './saveTranscript';

/** Finds what this machine has of transcripts, in its jobs and in the workspace. */
export async function readKnown(jobs: Pick<JobList, 'entries'>): Promise<KnownTranscripts> {
  const { files } = await findInWorkspace(ownFilesPattern);
  return knownTranscripts(
    jobs.entries.map(({ job }) => job),
    files,
  );
}

type OpenParts = Pick<HistoryParts, 'clock' | 'jobs' | 'log' | 'state'>;

/** A transcript that the user wants to open. */
export interface TranscriptToOpen {
  readonly id: string;
  /** When it was made, ms since 1970; null when it is not known. */
  readonly createdMs: number | null;
  /** What this machine has of it. */
  readonly known: KnownTranscript | undefined;
}

/**
 * Opens the note of a transcript, and reports a failure: with a button to try again, and with one to choose another folder
 * where the note cannot be written.
 */
export async function openOrReport(
  client: AssemblyAiClient,
  wanted: TranscriptToOpen,
  parts: OpenParts,
): Promise<void> {
  const openIn = (folder?: string): Promise<void> =>
    attempt(
      parts.log,
      `Transcript ${wanted.id}`,
      () => openTranscript(client, wanted, parts, folder),
      async () => {
        const other = await chooseOtherFolder('Folder for the Note');
        await (other !== undefined && openIn(other));
      },
    );
  await openIn();
}

/**
 * Opens the note of a transcript: the existing one, or else a new one. If an open job of this machine has the transcript,
 * it retries that job, which writes the note.
 *
 * @param chosen the folder for a new note, an absolute path; without it, that of the workspace or one that the user chooses
 * @throws Failure `transcriptNotReady`, `transcriptDeleted`, `notFound`, `alreadyRunning`, or why its job failed
 */
async function openTranscript(
  client: AssemblyAiClient,
  { id, createdMs, known }: TranscriptToOpen,
  { clock, jobs, log, state }: OpenParts,
  chosen: string | undefined,
): Promise<void> {
  const existing = known?.note === undefined ? undefined : await actualPath(known.note);
  if (existing !== undefined) {
    await show(existing);
    return;
  }
  if (known?.jobId !== undefined && (await retryJob(jobs, known.jobId))) {
    return;
  }
  const body = await fetchFinished(client, id);
  const folder = chosen ?? (await folderOfNote(state));
  if (folder !== undefined) {
    const fetched = { body, createdMs: createdMs ?? clock.now() };
    const note = await saveTranscript(fetched, folder, readNoteLayout);
    log.info(`Wrote ${note} from ${id}`);
    await show(note);
    tellWarnings(note, parseTranscript(body).warnings);
  }
}

/** Fetches a finished transcript from the service. @throws Failure as `checkFinished` and the client do */
export async function fetchFinished(client: AssemblyAiClient, id: string): Promise<TranscriptBody> {
  const body = await whileWaiting('Fetching the transcript', (signal) => client.get(id, signal));
  checkFinished(body, client.host);
  return body;
}

/** Retries a job. @returns false when it is not open anymore @throws Failure `alreadyRunning` */
async function retryJob(jobs: HistoryParts['jobs'], jobId: string): Promise<boolean> {
  const entry = jobs.entries.find(({ job }) => job.id === jobId);
  if (entry === undefined) {
    return false;
  }
  const actions = actionsFor(entry);
  if (!(['collect', 'retry', 'continue'] as const).some((action) => actions.includes(action))) {
    throw new Failure('alreadyRunning', 'A job has it', { subject: entry.job.recording.name });
  }
  await jobs.retry([jobId]);
  return true;
}

/** The folder for a note without a recording on disk: the workspace if it is a single folder, else the user chooses. */
async function folderOfNote(state: vscode.Memento): Promise<string | undefined> {
  const [first, ...others] = vscode.workspace.workspaceFolders ?? [];
  return first !== undefined && others.length === 0
    ? first.uri.fsPath
    : chooseFolder('Folder for the Note', state);
}

async function show(file: string): Promise<void> {
  await vscode.window.showTextDocument(vscode.Uri.file(file), { preview: false });
}
