import type * as vscode from 'vscode';
import { placeAnswer, type AnswerSection } from '../../core/ask/placeAnswer';
import { applyNoteEdits } from '../note/applyNoteEdits';

/**
 * Inserts an answer into the note that it is about, as a section, and shows it there.
 *
 * @throws Failure `editRefused`
 */
export async function insertAnswer(note: vscode.Uri, section: AnswerSection): Promise<void> {
  await applyNoteEdits(note, (markdown) => {
    const { offset, text } = placeAnswer(markdown, section);
    return [{ start: offset, end: offset, text }];
  });
}
