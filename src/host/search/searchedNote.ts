import * as path from 'node:path';
import type * as vscode from 'vscode';
import type { NoteProperties } from '../../core/note/frontMatter';
import { parseNote } from '../../core/note/parseNote';
import { searchableParagraphs, type SearchableParagraph } from '../../core/search/searchNote';
import { parseTranscript } from '../../core/transcript/parseTranscript';
import type { Word } from '../../core/transcript/model';
import type { NamedRecordings } from '../note/namedRecordings';
import { findSidecarOfNote } from '../note/sidecarOfNote';

/** A note in which the user searches, with the unsaved changes in its editor. */
export interface SearchedNote {
  readonly uri: vscode.Uri;
  /** File name, for people. */
  readonly name: string;
  readonly properties: NoteProperties;
  readonly paragraphs: readonly SearchableParagraph[];
}

/** Reads a note for searching. */
export function readSearchedNote(document: vscode.TextDocument): SearchedNote {
  const note = parseNote(document.getText());
  const { uri } = document;
  return {
    uri,
    name: path.basename(uri.path),
    properties: note.properties,
    paragraphs: searchableParagraphs(note),
  };
}

/** The words of the note's transcript, if its sidecar is on disk; else none. */
export async function wordsOfNote(
  { uri, properties }: SearchedNote,
  recordings: NamedRecordings,
): Promise<readonly Word[]> {
  const found =
    uri.scheme === 'file' ? await findSidecarOfNote(uri.fsPath, properties, recordings) : undefined;
  return found === undefined ? [] : parseTranscript(found.sidecar.transcript).words;
}
