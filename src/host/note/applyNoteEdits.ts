import * as path from 'node:path';
import * as vscode from 'vscode';
import { Failure } from '../../core/failures/failure';
import type { NoteEdit } from '../../core/note/noteEdit';

/**
 * Changes a note in its editor and shows the first insertion. The user can undo the change, and saves the note.
 *
 * @param editsFor makes the edits from the current text of the note
 * @returns false when there are no edits
 * @throws Failure `editRefused`
 */
export async function applyNoteEdits(
  note: vscode.Uri,
  editsFor: (markdown: string) => readonly NoteEdit[],
): Promise<boolean> {
  const document = await vscode.workspace.openTextDocument(note);
  const edits = editsFor(document.getText());
  const shown = edits.find(({ start, end }) => start === end) ?? edits[0];
  if (shown === undefined) {
    return false;
  }
  const place = document.positionAt(shown.start);
  const change = new vscode.WorkspaceEdit();
  for (const { start, end, text } of edits) {
    change.replace(note, new vscode.Range(document.positionAt(start), document.positionAt(end)), text);
  }
  if (!(await vscode.workspace.applyEdit(change))) {
    throw new Failure('editRefused', 'VS Code did not apply the edit', { subject: path.basename(note.path) });
  }
  const selection = new vscode.Range(place, place);
  await vscode.window.showTextDocument(document, { selection, viewColumn: columnOf(note) });
  return true;
}

/** The column in which the note is open, so that it is not opened twice. */
function columnOf(note: vscode.Uri): vscode.ViewColumn {
  const editor = vscode.window.visibleTextEditors.find(
    ({ document }) => document.uri.toString() === note.toString(),
  );
  return editor?.viewColumn ?? vscode.ViewColumn.Active;
}
