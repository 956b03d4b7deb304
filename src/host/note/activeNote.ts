import * as vscode from 'vscode';
import type { NoteProperties } from '../../core/note/frontMatter';
import { parseNote } from '../../core/note/parseNote';
import { notify } from '../platform/userMessages';
import { transcriptIdOf } from './noteReferences';

/** The note in the active editor, which names its transcript. */
export interface ActiveNote {
  /** Absolute path. */
  readonly file: string;
  readonly transcriptId: string;
  readonly properties: NoteProperties;
}

/** Reads the note in the active editor, with its unsaved changes. Tells the user when there is none. */
export async function activeNote(): Promise<ActiveNote | undefined> {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.uri.scheme === 'file') {
    const { properties } = parseNote(document.getText());
    const transcriptId = transcriptIdOf(properties);
    if (transcriptId !== undefined) {
      return { file: document.uri.fsPath, transcriptId, properties };
    }
  }
  await notify(
    'information',
    'Open a note first. Its first lines must name the transcript, as Steno writes them.',
  );
  return undefined;
}
