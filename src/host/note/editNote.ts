import * as path from 'node:path';
import * as vscode from 'vscode';
import { Failure } from '../../core/failures/failure';
import type { NoteEdit } from '../../core/note/noteEdit';

/**
 * Changes a note, as an edit that can be undone, and shows where something was added first. Saving is left to the user.
 *
 * @param editsFor makes the edits from what stands in the note
 * @returns false when there was nothing to change
 * @throws Failure `editRefused`
 */
export async function editNote(
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
    throw new Failure('editRefused', 'The editor took no edit', { subject: path.basename(note.path) });
  }
  const selection = new vscode.Range(place, place);
  await vscode.window.showTextDocument(document, { selection, viewColumn: columnOf(note) });
  return true;
}

/** Where it is open, so that it is not opened twice. */
function columnOf(note: vscode.Uri): vscode.ViewColumn {
  const editor = vscode.window.visibleTextEditors.find(
    ({ document }) => document.uri.toString() === note.toString(),
  );
  return editor?.viewColumn ?? vscode.ViewColumn.Active;
}
