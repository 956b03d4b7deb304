import * as path from 'node:path';
import type * as vscode from 'vscode';
import type { NoteProperties } from '../../core/note/frontMatter';
import { parseNote } from '../../core/note/parseNote';
import { searchableParagraphs, type SearchableParagraph } from '../../core/search/searchNote';
import { parseTranscript } from '../../core/transcript/parseTranscript';
import type { Word } from '../../core/transcript/model';
import { findSidecarOfNote } from '../note/transcriptOfNote';

/** A note in an editor, as it stands there, saved or not. */
export interface SearchedNote {
  readonly uri: vscode.Uri;
  readonly name: string;
  readonly properties: NoteProperties;
  readonly passages: readonly SearchableParagraph[];
}

export function searchedNote(document: vscode.TextDocument): SearchedNote {
  const note = parseNote(document.getText());
  const { uri } = document;
  return {
    uri,
    name: path.basename(uri.path),
    properties: note.properties,
    passages: searchableParagraphs(note),
  };
}

/** What was said by its transcript, where that lies on this disk; otherwise none. */
export async function wordsOfNote({ uri, properties }: SearchedNote): Promise<readonly Word[]> {
  const found = uri.scheme === 'file' ? await findSidecarOfNote(uri.fsPath, properties) : undefined;
  return found === undefined ? [] : parseTranscript(found.sidecar.transcript).words;
}
