import { firstOf } from '../../core/search/firstOf';
import { parseQuery } from '../../core/search/query';
import { saidWordsOf, searchNote, searchWords, type Hit } from '../../core/search/searchNote';
import type { Connector } from '../services/connector';
import { chooseNote } from '../note/chooseNote';
import { placeItem, pickPlace, infoItem, type SearchItem } from './pickPlace';
import { serviceSearchItems } from './searchAtAssemblyAi';
import { parseForSearch, wordsOfNote, type SearchedNote } from './searchedNote';

/** Nobody reads on; another word is typed sooner. */
const mostPlaces = 200;

/** *Search in Transcript…*: in the note at hand, by what stands there and by what was recognised. */
export async function searchOneNote(connector: Connector, clicked: unknown): Promise<void> {
  const atHand = await chooseNote(clicked);
  if (atHand === undefined) {
    return;
  }
  const note = parseForSearch(atHand.document);
  const words = saidWordsOf(await wordsOfNote(note));
  const itemsFor = (typed: string): readonly SearchItem[] => {
    const query = parseQuery(typed);
    if (query.words.length === 0) {
      return [];
    }
    const hits = searchNote(note.passages, query, searchWords(words, query));
    return [...placesOf(note, hits), ...serviceSearchItems(connector, note, typed)];
  };
  const title = `Search in ${note.name}`;
  const chosen = await pickPlace({ title, placeholder: 'Words that were said', itemsFor });
  await chosen?.act?.();
}

function placesOf({ uri }: SearchedNote, hits: Iterable<Hit>): readonly SearchItem[] {
  const found = firstOf(hits, mostPlaces + 1);
  if (found.length === 0) {
    return [infoItem('Not in this note')];
  }
  const lines = found.slice(0, mostPlaces).map((hit) => placeItem(uri, hit));
  const more = infoItem(`There are more than ${mostPlaces} places: type more words`);
  return found.length > mostPlaces ? [...lines, more] : lines;
}
