import * as path from 'node:path';
import * as vscode from 'vscode';
import { parseNote } from '../../core/note/parseNote';
import type { Span } from '../../core/span';
import { inParallel } from '../../core/inParallel';
import { offer } from '../platform/messages';
import { readsAtOnce } from '../../node/readFiles';
import { findInWorkspace } from './findInWorkspace';
import { plain } from '../platform/quickPicks';
import { readHeadOfNote } from './readHeadOfNote';

/** A note that is to be asked about, as it stands in the editor. */
export interface ChosenNote {
  readonly document: vscode.TextDocument;
  /** What is selected in it; of no length where nothing is. */
  readonly selected: Span;
}

/**
 * The note that a command is about: the one that was clicked on, else the one in the active editor, else one of the
 * workspace that the user picks. Undefined when there is none; if that needs saying, it was said.
 */
export async function chooseNote(clicked: unknown): Promise<ChosenNote | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (clicked instanceof vscode.Uri) {
    return openNote(clicked, editor);
  }
  if (editor !== undefined && isNote(editor.document)) {
    return withSelection(editor.document, editor);
  }
  const picked = await pickNote();
  return picked === undefined ? undefined : openNote(picked, undefined);
}

async function openNote(
  uri: vscode.Uri,
  editor: vscode.TextEditor | undefined,
): Promise<ChosenNote | undefined> {
  const document = await vscode.workspace.openTextDocument(uri);
  if (isNote(document)) {
    return withSelection(document, editor);
  }
  await offer('information', `Nothing is said in ${path.basename(uri.path)} that could be asked about.`);
  return undefined;
}

/** Whoever made it, and whether or not its transcript is still there. */
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
  const marked = await inParallel(files, readsAtOnce, hasTranscript);
  const items = files
    .filter((_, index) => marked[index])
    .map((file) => ({
      label: plain(path.basename(file)),
      description: plain(vscode.workspace.asRelativePath(file)),
      uri: vscode.Uri.file(file),
    }))
    .sort((one, other) => one.label.localeCompare(other.label));
  if (items.length === 0) {
    await offer('information', 'There is no note here yet: transcribe a recording, or open a note.');
    return undefined;
  }
  const options = { title: 'Choose a Note', matchOnDescription: true };
  return (await vscode.window.showQuickPick(items, options))?.uri;
}

async function hasTranscript(file: string): Promise<boolean> {
  return parseNote(await readHeadOfNote(file)).properties.transcript !== null;
}
