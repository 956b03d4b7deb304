import * as vscode from 'vscode';
import type { NoteProperties } from '../../core/note/frontMatter';
import { parseNote } from '../../core/note/parseNote';
import { isTranscriptId } from '../../core/transcript/parseTranscript';
import { offer } from '../platform/messages';

/** A note that names its transcript. */
export interface ActiveNote {
  /** Absolute path. */
  readonly file: string;
  readonly transcriptId: string;
  readonly properties: NoteProperties;
}

/** The note in the active editor, as it stands there; tells its user where there is none. */
export async function activeNote(): Promise<ActiveNote | undefined> {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.uri.scheme === 'file') {
    const { properties } = parseNote(document.getText());
    const { transcript: transcriptId } = properties;
    if (transcriptId !== null && isTranscriptId(transcriptId)) {
      return { file: document.uri.fsPath, transcriptId, properties };
    }
  }
  await offer('information', 'Open the note of a transcript first: one that names it in its first lines.');
  return undefined;
}
