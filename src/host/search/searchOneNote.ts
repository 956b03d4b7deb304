import { take } from '../../core/search/take';
import { parseQuery } from '../../core/search/query';
import { searchableWords, searchNote, searchTranscript, type NoteHit } from '../../core/search/searchNote';
import type { Connector } from '../services/connector';
import { chooseNote } from '../note/chooseNote';
import { itemOf, pickPlace, remark, type SearchItem } from './pickPlace';
import { questionTo } from './searchAtAssemblyAi';
import { searchedNote, wordsOfNote, type SearchedNote } from './searchedNote';

/** Nobody reads on; another word is typed sooner. */
const mostPlaces = 200;

/** *Search in Transcript…*: in the note at hand, by what stands there and by what was recognised. */
export async function searchOneNote(connector: Connector, clicked: unknown): Promise<void> {
  const atHand = await chooseNote(clicked);
  if (atHand === undefined) {
    return;
  }
  const note = searchedNote(atHand.document);
  const words = searchableWords(await wordsOfNote(note));
  const itemsFor = (typed: string): readonly SearchItem[] => {
    const query = parseQuery(typed);
    if (query.words.length === 0) {
      return [];
    }
    const hits = searchNote(note.passages, query, searchTranscript(words, query));
    return [...placesOf(note, hits), ...questionTo(connector, note, typed)];
  };
  const title = `Search in ${note.name}`;
  const chosen = await pickPlace({ title, placeholder: 'Words that were said', itemsFor });
  await chosen?.act?.();
}

function placesOf({ uri }: SearchedNote, hits: Iterable<NoteHit>): readonly SearchItem[] {
  const found = take(hits, mostPlaces + 1);
  if (found.length === 0) {
    return [remark('Not in this note')];
  }
  const lines = found.slice(0, mostPlaces).map((hit) => itemOf(uri, hit));
  const more = remark(`There are more than ${mostPlaces} places: type more words`);
  return found.length > mostPlaces ? [...lines, more] : lines;
}
