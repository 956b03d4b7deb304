import { take } from '../../core/search/take';
import { parseQuery } from '../../core/search/query';
import { searchableWords, searchNote, searchTranscript, type NoteHit } from '../../core/search/searchNote';
import { chooseNote } from '../note/chooseNote';
import type { NamedRecordings } from '../note/namedRecordings';
import type { Connector } from '../services/connector';
import { infoItem, pickPlace, placeItem, type SearchItem } from './pickPlace';
import { assemblyAiItems } from './searchAtAssemblyAi';
import { readSearchedNote, wordsOfNote, type SearchedNote } from './searchedNote';

/** A user types another word sooner than reading on. */
const maxPlaces = 200;

/** What the command needs. */
interface SearchParts {
  readonly connector: Pick<Connector, 'openAssemblyAi'>;
  readonly recordings: NamedRecordings;
}

/**
 * *Search in Transcript…*: searches in a note, and in the words of its transcript, which the note may not have anymore.
 *
 * @param clicked the first argument of the command
 */
export async function searchOneNote({ connector, recordings }: SearchParts, clicked: unknown): Promise<void> {
  const chosenNote = await chooseNote(clicked);
  if (chosenNote === undefined) {
    return;
  }
  const note = readSearchedNote(chosenNote.document);
  const words = searchableWords(await wordsOfNote(note, recordings));
  const itemsFor = (typed: string): readonly SearchItem[] => {
    const query = parseQuery(typed);
    if (query.words.length === 0) {
      return [];
    }
    const hits = searchNote(note.paragraphs, query, searchTranscript(words, query));
    return [...placesOf(note, hits), ...assemblyAiItems(connector, note, typed)];
  };
  const title = `Search in ${note.name}`;
  const item = await pickPlace({ title, placeholder: 'Type words that were said', itemsFor });
  await item?.act?.();
}

function placesOf({ uri }: SearchedNote, hits: Iterable<NoteHit>): readonly SearchItem[] {
  const found = take(hits, maxPlaces + 1);
  if (found.length === 0) {
    return [infoItem('No results in this note')];
  }
  const items = found.slice(0, maxPlaces).map((hit) => placeItem(uri, hit));
  const more = infoItem(`There are more than ${maxPlaces} results: type more words`);
  return found.length > maxPlaces ? [...items, more] : items;
}
