import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Recording } from '../../core/jobs/ports';
import { expandNotePath } from '../../core/note/notePath';
import { ask } from '../messages';
import { findNote } from '../note/notePlace';
import { findFinished } from '../note/sidecarFile';
import { inspectRecording } from '../recordings/inspectRecording';
import { readNotePathTemplate, readUploadSoundOnly } from '../settings';

/** What is to be done with one recording. */
export interface Plan {
  readonly recording: Recording;
  /** Where the settings want the note; when that is taken, it gets a number. */
  readonly notePath: string;
  /** The recording's note that exists already, if there is one. */
  readonly existingNote?: string | undefined;
  /** Whether to transcribe it although there is a note, or a finished transcript. */
  readonly again: boolean;
  /** Whether to compare the new note with the existing one. */
  readonly compare?: boolean;
}

/**
 * Looks at a recording and at where its note would go, before anything is sent or paid.
 * @throws Failure when the recording cannot be used or the path template is wrong
 */
export async function planFor(file: string): Promise<Plan> {
  const recording = await inspectRecording(file, readUploadSoundOnly());
  const notePath = notePathOf(recording.path);
  return { recording, notePath, existingNote: await findNote(notePath, recording), again: false };
}

/** Whether the finished transcript of a recording lies beside it, so that its note costs nothing. */
export async function isFinished({ recording, again }: Plan, signal: AbortSignal): Promise<boolean> {
  return !again && (await findFinished(recording, signal)) !== undefined;
}

/**
 * Asks what to do about a note that exists; it is never overwritten.
 * @returns undefined when nothing is left to do
 */
export async function askAboutExistingNote(plan: Plan, existingNote: string): Promise<Plan | undefined> {
  const open = 'Open Existing';
  const keep = 'Keep Both';
  const compare = 'Compare';
  const question = `${plan.recording.name} is transcribed already: ${path.basename(existingNote)}`;
  const detail = `${keep} and ${compare} transcribe the recording again, into a second note. The existing one stays as it is.`;
  switch (await ask(question, detail, open, keep, compare)) {
    case open:
      await vscode.window.showTextDocument(vscode.Uri.file(existingNote), { preview: false });
      return undefined;
    case keep:
      // Whoever has a note and wants another one wants another transcript.
      return { ...plan, again: true };
    case compare:
      return { ...plan, again: true, compare: true };
    case undefined:
      return undefined;
  }
}

/**
 * Where the settings want the note of a recording.
 * @throws Failure `settings` for a path template that is wrong
 */
export function notePathOf(recordingPath: string): string {
  const { dir, base, name } = path.parse(recordingPath);
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(recordingPath));
  const template = readNotePathTemplate().replace(/^~(?=[\\/])/, os.homedir());
  const expanded = expandNotePath(template, {
    recordingFolder: dir,
    recordingFile: base,
    recordingName: name,
    workspaceFolder: folder?.uri.fsPath,
  });
  return path.resolve(dir, expanded);
}
