import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Recording } from '../../core/jobs/ports';
import { expandNotePath } from '../../core/note/notePath';
import { exists } from '../note/files';
import { inspectRecording } from '../recordings/inspectRecording';
import { readNotePathTemplate } from '../settings';

/** What is to be done with one recording. */
export interface Plan {
  readonly recording: Recording;
  readonly notePath: string;
  /** The note that exists already and that the new one is to be compared with. */
  readonly compareWith?: string;
  /** Whether a finished transcript beside the recording may serve; not when another one was asked for. */
  readonly mayReuse: boolean;
}

/** A plan, and whether something lies already where the note would go. */
export interface Prospect extends Plan {
  readonly noteExists: boolean;
}

/**
 * Looks at a recording and at where its note would go.
 * @throws Failure when the recording cannot be used or the path template is wrong
 */
export async function planFor(file: string): Promise<Prospect> {
  const recording = await inspectRecording(file);
  const notePath = notePathOf(recording);
  return { recording, notePath, mayReuse: true, noteExists: await exists(notePath) };
}

/**
 * Asks what to do about a note that exists; it is never overwritten.
 * @returns undefined when nothing is left to do
 */
export async function askAboutExistingNote(plan: Plan): Promise<Plan | undefined> {
  const open = 'Open Existing';
  const keep = 'Keep Both';
  const compare = 'Compare';
  const name = path.basename(plan.notePath);
  const detail = `${keep} and ${compare} transcribe the recording again, into a second note. The existing one stays as it is.`;
  const message = `A note of ${plan.recording.name} exists: ${name}`;
  const chosen = await vscode.window.showInformationMessage(
    message,
    { modal: true, detail },
    open,
    keep,
    compare,
  );
  switch (chosen) {
    case open:
      await vscode.window.showTextDocument(vscode.Uri.file(plan.notePath), { preview: false });
      return undefined;
    case keep:
      return { ...plan, mayReuse: false };
    case compare:
      return { ...plan, mayReuse: false, compareWith: plan.notePath };
    default:
      return undefined;
  }
}

function notePathOf(recording: Recording): string {
  const { dir, base, name } = path.parse(recording.path);
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(recording.path));
  const expanded = expandNotePath(readNotePathTemplate(), {
    recordingFolder: dir,
    recordingFile: base,
    recordingName: name,
    workspaceFolder: folder?.uri.fsPath,
  });
  return path.resolve(dir, expanded);
}
