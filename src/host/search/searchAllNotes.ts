import * as vscode from 'vscode';
import { take } from '../../core/search/take';
import { parseQuery } from '../../core/search/query';
import { searchNote, type NoteHit } from '../../core/search/searchNote';
import { findInWorkspace } from '../note/findInWorkspace';
import type { NoteShelf } from './noteShelf';
import { itemOf, pickPlace, remark, type SearchItem } from './pickPlace';

/** Places shown in all, and of one note, lest it hide the others. */
const mostPlaces = 200;
const mostOfOne = 20;

/** *Search in All Transcripts…*: in every note of the workspace, the newest first. */
export async function searchAllNotes(shelf: NoteShelf): Promise<void> {
  let isRead = false;
  let leftOut: readonly string[] = [];
  await pickPlace({
    title: 'Search in All Transcripts',
    placeholder: 'Words that were said',
    itemsFor: (typed) => [...linesFor(shelf, typed, isRead), ...leftOut.map(remark)],
    load: async (onMore, signal) => {
      const found = await findInWorkspace('**/*.md');
      await shelf.fill(found.files, unsavedText, onMore, signal);
      isRead = true;
      leftOut = [found.leftOut ?? [], tooLarge(shelf.passedOver)].flat();
    },
  });
}

function tooLarge(count: number): readonly string[] {
  return count === 0 ? [] : [`${count} ${count === 1 ? 'file was' : 'files were'} too large to be searched`];
}

function unsavedText(file: string): string | undefined {
  return vscode.workspace.textDocuments
    .find(({ uri, isDirty }) => isDirty && uri.scheme === 'file' && uri.fsPath === file)
    ?.getText();
}

function linesFor(shelf: NoteShelf, typed: string, isRead: boolean): readonly SearchItem[] {
  const query = parseQuery(typed);
  if (query.words.length === 0) {
    return isRead && shelf.notes.length === 0 ? [remark('There is no note in this workspace yet')] : [];
  }
  const found = shelf.notes.map(({ file, passages }) => ({
    uri: vscode.Uri.file(file),
    hits: searchNote(passages, query, []),
  }));
  const places = take(placesIn(found), mostPlaces + 1);
  const lines = places.slice(0, mostPlaces);
  if (places.length > mostPlaces) {
    return [...lines, remark('There are more places: type more words')];
  }
  return lines.length === 0 && isRead ? [remark('In none of the notes')] : lines;
}

interface FoundIn {
  readonly uri: vscode.Uri;
  readonly hits: Iterable<NoteHit>;
}

/** Looked for only as far as they are shown. */
function* placesIn(found: readonly FoundIn[]): Generator<SearchItem> {
  for (const { uri, hits } of found) {
    const name = vscode.workspace.asRelativePath(uri);
    const places = take(hits, mostOfOne + 1);
    yield* places.slice(0, mostOfOne).map((hit) => itemOf(uri, hit, name));
    if (places.length > mostOfOne) {
      yield remark(`There are more in ${name}: search in that one`);
    }
  }
}
