import * as os from 'node:os';
import * as path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { expandNotePath } from '../../core/note/notePath';
import type { Recording } from '../../core/ports';
import { webRecordingName } from '../../core/recordings/webRecordingName';
import { defaultInstructions, defaultOptions, type Instructions } from '../../core/request/request';
import { findNote } from '../note/noteFile';
import { findFinishedTranscript } from '../note/sidecarFile';
import { askUser } from '../platform/userMessages';
import { readDeleteAfterSaving, readNotePathTemplate, readUploadSoundOnly } from '../platform/settings';
import { inspectRecording } from '../recordings/inspectRecording';

/** What will be done with one recording. */
export interface Plan {
  readonly recording: Recording;
  /** Where the settings want the note. If a file has that name, the note gets a number. */
  readonly notePath: string;
  /** The note that the recording already has. */
  readonly existingNote?: string | undefined;
  readonly instructions: Instructions;
  /** Whether to transcribe the recording although there is a note, or a finished transcript. */
  readonly force: boolean;
  /** Whether to compare the new note with the existing one. */
  readonly compare?: boolean;
}

/** Stands for the service of a job that needs none, since its transcript is there already. */
export const noService = 'steno:none';

/**
 * Plans what to do with a file, before anything is sent or paid.
 * @throws Failure when the recording cannot be used, or the path template is wrong
 */
export async function planFor(file: string, instructions = defaultInstructions): Promise<Plan> {
  const recording = await inspectRecording(file, readUploadSoundOnly());
  return planAt(recording, notePathOf(recording.path), instructions);
}

/**
 * Plans what to do with a recording on the web.
 * @param folder for its note, an absolute path
 */
export function planForUrl(url: string, folder: string, instructions: Instructions): Promise<Plan> {
  const name = webRecordingName(url);
  // Without its extension, so that its sidecar is not taken for that of a file of this name.
  const place = path.join(folder, path.parse(name).name);
  const recording = { path: place, name, sizeBytes: 0, modifiedMs: 0, url };
  const notePath = `${place}.transcript.md`;
  return planAt(recording, notePath, instructions);
}

/** With other options than the default, an existing transcript is not the one that the user wants. */
async function planAt(recording: Recording, notePath: string, instructions: Instructions): Promise<Plan> {
  const force = !isDeepStrictEqual(instructions.options, defaultOptions);
  const existingNote = await findNote(notePath, recording);
  return { recording, notePath, existingNote, instructions, force };
}

/** Adds to instructions what the settings want of every job. */
export function asSettingsWant(instructions: Instructions): Instructions {
  return readDeleteAfterSaving() ? { ...instructions, deleteAfterwards: true } : instructions;
}

/** Whether the finished transcript of a recording lies beside it, so that its note costs nothing. */
export async function isFinished({ recording, force }: Plan, signal: AbortSignal): Promise<boolean> {
  return (
    !force && recording.url === undefined && (await findFinishedTranscript(recording, signal)) !== undefined
  );
}

/**
 * Asks what to do about a note that exists. It is never overwritten.
 * @returns undefined when there is nothing left to do
 */
export async function askAboutExistingNote(plan: Plan, existingNote: string): Promise<Plan | undefined> {
  const open = 'Open Existing';
  const keep = 'Keep Both';
  const compare = 'Compare';
  const question = `${plan.recording.name} is transcribed already: ${path.basename(existingNote)}`;
  const detail = `${keep} and ${compare} transcribe the recording again, into a second note. The existing one stays as it is.`;
  switch (await askUser(question, detail, open, keep, compare)) {
    case open:
      await vscode.window.showTextDocument(vscode.Uri.file(existingNote), { preview: false });
      return undefined;
    case keep:
      // A second note is of use only with another transcript.
      return { ...plan, force: true };
    case compare:
      return { ...plan, force: true, compare: true };
    case undefined:
      return undefined;
  }
}

/**
 * Where the settings want the note of a recording.
 * @throws Failure `settings` when the path template is wrong
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
