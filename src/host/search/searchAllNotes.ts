import * as vscode from 'vscode';
import { take } from '../../core/search/take';
import { parseQuery } from '../../core/search/query';
import { searchNote, type NoteHit } from '../../core/search/searchNote';
import { findInWorkspace } from '../note/findInWorkspace';
import type { NoteCache } from './noteCache';
import { infoItem, pickPlace, placeItem, type SearchItem } from './pickPlace';

/** How many places are listed in all, and of one note, so that it does not hide the others. */
const maxPlaces = 200;
const maxOfNote = 20;

/** *Search in All Transcripts…*: searches in every note of the workspace, the newest first. */
export async function searchAllNotes(cache: NoteCache): Promise<void> {
  let isLoaded = false;
  let leftOut: readonly string[] = [];
  await pickPlace({
    title: 'Search in All Transcripts',
    placeholder: 'Type words that were said',
    itemsFor: (typed) => [...itemsFor(cache, typed, isLoaded), ...leftOut.map(infoItem)],
    load: async (onMore, signal) => {
      const found = await findInWorkspace('**/*.md');
      await cache.update(found.files, unsavedText, onMore, signal);
      isLoaded = true;
      leftOut = [found.leftOut ?? [], tooLargeText(cache.tooLargeCount)].flat();
    },
  });
}

function tooLargeText(count: number): readonly string[] {
  return count === 0 ? [] : [`${count} ${count === 1 ? 'file was' : 'files were'} too large to search`];
}

function unsavedText(file: string): string | undefined {
  return vscode.workspace.textDocuments
    .find(({ uri, isDirty }) => isDirty && uri.scheme === 'file' && uri.fsPath === file)
    ?.getText();
}

function itemsFor(cache: NoteCache, typed: string, isLoaded: boolean): readonly SearchItem[] {
  const query = parseQuery(typed);
  if (query.words.length === 0) {
    return isLoaded && cache.notes.length === 0 ? [infoItem('This workspace has no notes yet')] : [];
  }
  const found = cache.notes.map(({ file, paragraphs }) => ({
    uri: vscode.Uri.file(file),
    hits: searchNote(paragraphs, query, []),
  }));
  const places = take(placesIn(found), maxPlaces + 1);
  const items = places.slice(0, maxPlaces);
  if (places.length > maxPlaces) {
    return [...items, infoItem('There are more results: type more words')];
  }
  return items.length === 0 && isLoaded ? [infoItem('No results in any note')] : items;
}

interface FoundIn {
  readonly uri: vscode.Uri;
  readonly hits: Iterable<NoteHit>;
}

/** The items for places in notes. It searches lazily, only as far as items are taken. */
function* placesIn(found: readonly FoundIn[]): Generator<SearchItem> {
  for (const { uri, hits } of found) {
    const name = vscode.workspace.asRelativePath(uri);
    const places = take(hits, maxOfNote + 1);
    yield* places.slice(0, maxOfNote).map((hit) => placeItem(uri, hit, name));
    if (places.length > maxOfNote) {
      yield infoItem(`There are more results in ${name}: search in that note`);
    }
  }
}
