import * as os from 'node:os';
import * as path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { expandNotePath } from '../../core/note/notePath';
import { webRecordingName } from '../../core/recordings/webRecordingName';
import { defaultInstructions, defaultOptions, type Instructions } from '../../core/request/request';
import { ask } from '../platform/messages';
import { findNote } from '../note/notePlace';
import { findFinished } from '../note/sidecarFile';
import { inspectRecording } from '../recordings/inspectRecording';
import { readDeleteAfterSaving, readNotePathTemplate, readUploadSoundOnly } from '../platform/settings';
import type { Recording } from '../../core/ports';

/** What is to be done with one recording. */
export interface Plan {
  readonly recording: Recording;
  /** Where the settings want the note; when that is taken, it gets a number. */
  readonly notePath: string;
  /** The recording's note that exists already, if there is one. */
  readonly existingNote?: string | undefined;
  readonly instructions: Instructions;
  /** Whether to transcribe it although there is a note, or a finished transcript. */
  readonly force: boolean;
  /** Whether to compare the new note with the existing one. */
  readonly compare?: boolean;
}

/**
 * Looks at a recording and at where its note would go, before anything is sent or paid.
 * @throws Failure when the recording cannot be used or the path template is wrong
 */
export async function planFor(file: string, instructions = defaultInstructions): Promise<Plan> {
  const recording = await inspectRecording(file, readUploadSoundOnly());
  return planAt(recording, notePathOf(recording.path), instructions);
}

/** The same for a recording on the web, whose note goes into that folder (an absolute path). */
export function planForUrl(url: string, folder: string, instructions: Instructions): Promise<Plan> {
  const name = webRecordingName(url);
  // Without its extension, so that its sidecar is not taken for that of a file of this name.
  const place = path.join(folder, path.parse(name).name);
  const recording = { path: place, name, sizeBytes: 0, modifiedMs: 0, url };
  const notePath = `${place}.transcript.md`;
  return planAt(recording, notePath, instructions);
}

/** With other options than the default, a transcript that is there already is not the one that is wanted. */
async function planAt(recording: Recording, notePath: string, instructions: Instructions): Promise<Plan> {
  const force = !isDeepStrictEqual(instructions.options, defaultOptions);
  const existingNote = await findNote(notePath, recording);
  return { recording, notePath, existingNote, instructions, force };
}

/** Instructions with what the settings want of every job. */
export function asSettingsWant(instructions: Instructions): Instructions {
  return readDeleteAfterSaving() ? { ...instructions, deleteAfterwards: true } : instructions;
}

/** Whether the finished transcript of a recording lies beside it, so that its note costs nothing. */
export async function isFinished({ recording, force }: Plan, signal: AbortSignal): Promise<boolean> {
  return !force && recording.url === undefined && (await findFinished(recording, signal)) !== undefined;
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
      return { ...plan, force: true };
    case compare:
      return { ...plan, force: true, compare: true };
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
