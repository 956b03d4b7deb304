import * as path from 'node:path';
import * as vscode from 'vscode';
import { parseNote } from '../../core/note/parseNote';
import type { Span } from '../../core/span';
import { inParallel } from '../../core/inParallel';
import { notify } from '../platform/userMessages';
import { readsAtOnce } from '../../node/readFiles';
import { findInWorkspace } from './findInWorkspace';
import { plainText } from '../platform/quickPicks';
import { readHeadOfNote } from './readHeadOfNote';

/** The note that a command works on, with the unsaved changes in its editor. */
export interface ChosenNote {
  readonly document: vscode.TextDocument;
  /** The selection in its editor; empty when nothing is selected. */
  readonly selected: Span;
}

/**
 * Finds the note that a command works on: the one that was clicked on, else the one in the active editor, else one of the
 * workspace that the user picks.
 *
 * @param clicked the first argument of the command
 * @returns undefined when there is no such note, which the user has been told, or when the user closed the list
 */
export async function chooseNote(clicked: unknown): Promise<ChosenNote | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (clicked instanceof vscode.Uri) {
    return openChosen(clicked, editor);
  }
  if (editor !== undefined && isNote(editor.document)) {
    return withSelection(editor.document, editor);
  }
  const picked = await pickNote();
  return picked === undefined ? undefined : openChosen(picked, undefined);
}

async function openChosen(
  uri: vscode.Uri,
  editor: vscode.TextEditor | undefined,
): Promise<ChosenNote | undefined> {
  const document = await vscode.workspace.openTextDocument(uri);
  if (isNote(document)) {
    return withSelection(document, editor);
  }
  await notify('information', `${path.basename(uri.path)} contains no transcript.`);
  return undefined;
}

/** Any Markdown in which something is said counts, also without front matter. */
function isNote(document: vscode.TextDocument): boolean {
  return document.languageId === 'markdown' && parseNote(document.getText()).turns.length > 0;
}

function withSelection(document: vscode.TextDocument, editor: vscode.TextEditor | undefined): ChosenNote {
  const selection = editor?.document === document ? editor.selection : new vscode.Selection(0, 0, 0, 0);
  const [start, end] = [document.offsetAt(selection.start), document.offsetAt(selection.end)];
  return { document, selected: { start, end } };
}

async function pickNote(): Promise<vscode.Uri | undefined> {
  const { files } = await findInWorkspace('**/*.md');
  const marked = await inParallel(files, readsAtOnce, namesTranscript);
  const items = files
    .filter((_, index) => marked[index])
    .map((file) => ({
      label: plainText(path.basename(file)),
      description: plainText(vscode.workspace.asRelativePath(file)),
      uri: vscode.Uri.file(file),
    }))
    .sort((one, other) => one.label.localeCompare(other.label));
  if (items.length === 0) {
    await notify('information', 'This workspace has no notes yet. Transcribe a recording, or open a note.');
    return undefined;
  }
  const options = { title: 'Choose a Note', matchOnDescription: true };
  return (await vscode.window.showQuickPick(items, options))?.uri;
}

async function namesTranscript(file: string): Promise<boolean> {
  return parseNote(await readHeadOfNote(file)).properties.transcript !== null;
}
