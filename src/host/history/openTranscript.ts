import * as vscode from 'vscode';
import type { AssemblyAiClient } from '../../assemblyai/client';
import { Failure } from '../../core/failures/failure';
import { checkFinished } from '../../core/history/checkFinished';
import { actionsFor } from '../../core/jobs/jobEntry';
import type { TranscriptBody } from '../../core/transcript/model';
import { parseTranscript } from '../../core/transcript/parseTranscript';
import type { CommandParts } from '../commands/commandParts';
import { tellWarnings } from '../transcribe/showResults';
import { exists } from '../../node/files';
import { findInWorkspace } from '../note/findInWorkspace';
import { chooseFolder } from '../options/chooseFolder';
import { readNoteLayout } from '../platform/settings';
import { whileWaiting } from '../services/atAssemblyAi';
import {
  knownTranscripts,
  ownFilesPattern,
  type KnownTranscript,
  type KnownTranscripts,
} from './knownTranscripts';
import { saveTranscript } from './saveTranscript';

/** What this machine has of transcripts: from its jobs, and from what lies in the workspace. */
export async function readKnown({ list }: Pick<CommandParts, 'list'>): Promise<KnownTranscripts> {
  const { files } = await findInWorkspace(ownFilesPattern);
  return knownTranscripts(
    list.entries.map(({ job }) => job),
    files,
  );
}

/** A transcript that its user wants to see. */
export interface Wanted {
  readonly id: string;
  /** When it was made, ms since 1970, where that is known. */
  readonly createdMs: number | null;
  /** What this machine has of it. */
  readonly known: KnownTranscript | undefined;
}

/**
 * Opens the note of a transcript: the one that is there already, or else a new one. What a job of this machine is at
 * work on is left to that job.
 *
 * @throws Failure `transcriptNotReady`, `transcriptDeleted`, `notFound`, `alreadyRunning`, or why its job failed
 */
export async function openTranscript(
  client: AssemblyAiClient,
  { id, createdMs, known }: Wanted,
  { clock, context, list, log }: Pick<CommandParts, 'clock' | 'context' | 'list' | 'log'>,
): Promise<void> {
  if (known?.note !== undefined && (await exists(known.note))) {
    await show(known.note);
    return;
  }
  if (known?.jobId !== undefined && (await isLeftToJob(list, known.jobId))) {
    return;
  }
  const body = await fetchFinished(client, id);
  const folder = await folderOfNote(context.globalState);
  if (folder !== undefined) {
    const foreign = { body, createdMs: createdMs ?? clock.now() };
    const note = await saveTranscript(foreign, folder, readNoteLayout);
    log.info(`Wrote ${note} from ${id}`);
    await show(note);
    tellWarnings(note, parseTranscript(body).warnings);
  }
}

/** A transcript that something can be made of, from the service. @throws Failure as `checkFinished` and the client do */
export async function fetchFinished(client: AssemblyAiClient, id: string): Promise<TranscriptBody> {
  const body = await whileWaiting('Fetching the transcript', (signal) => client.get(id, signal));
  checkFinished(body, client.host);
  return body;
}

/** Goes on with the job if it is left; it writes the note where it belongs. */
async function isLeftToJob(list: CommandParts['list'], jobId: string): Promise<boolean> {
  const entry = list.entries.find(({ job }) => job.id === jobId);
  if (entry === undefined) {
    return false;
  }
  const actions = actionsFor(entry);
  if (!(['collect', 'retry', 'continue'] as const).some((action) => actions.includes(action))) {
    throw new Failure('alreadyRunning', 'A job has it', { subject: entry.job.recording.name });
  }
  await list.retry([jobId]);
  return true;
}

/** Where notes go that have no recording beside which they could lie: into the one folder that is open, if it is one. */
async function folderOfNote(state: vscode.Memento): Promise<string | undefined> {
  const [first, ...others] = vscode.workspace.workspaceFolders ?? [];
  return first !== undefined && others.length === 0
    ? first.uri.fsPath
    : chooseFolder('Folder for the Note', state);
}

async function show(file: string): Promise<void> {
  await vscode.window.showTextDocument(vscode.Uri.file(file), { preview: false });
}
