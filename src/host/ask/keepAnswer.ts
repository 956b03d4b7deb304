import type * as vscode from 'vscode';
import { placeAnswer, type AnswerSection } from '../../core/ask/placeAnswer';
import { editNote } from '../note/editNote';

/**
 * Puts an answer into the note that it is about, and shows it there.
 *
 * @throws Failure `editRefused`
 */
export async function insertIntoNote(note: vscode.Uri, section: AnswerSection): Promise<void> {
  await editNote(note, (markdown) => {
    const { offset, text } = placeAnswer(markdown, section);
    return [{ start: offset, end: offset, text }];
  });
}
