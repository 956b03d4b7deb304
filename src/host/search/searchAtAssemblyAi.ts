import type { AssemblyAiClient } from '../../assemblyai/client';
import { parseQuery } from '../../core/search/query';
import { locateInNote, type NoteHit } from '../../core/search/searchNote';
import { transcriptIdOf } from '../note/noteReferences';
import { atAssemblyAi } from '../services/atAssemblyAi';
import type { Connector } from '../services/connector';
import { actionItem, infoItem, pickPlace, placeItem, type SearchItem } from './pickPlace';
import type { SearchedNote } from './searchedNote';

/** The longest phrase, in words, that the word search of the API accepts. */
const maxWords = 5;

/**
 * The item that searches at AssemblyAI for what the user typed, if AssemblyAI may have the transcript. Nothing is sent
 * before the user chooses it.
 */
export function assemblyAiItems(
  connector: Pick<Connector, 'openAssemblyAi'>,
  note: SearchedNote,
  typed: string,
): readonly SearchItem[] {
  const id = transcriptIdOf(note.properties);
  const phrase = typed.trim();
  if (id === undefined || isMadeHere(note)) {
    return [];
  }
  if (phrase.includes(',') || phrase.split(/\s+/).length > maxWords) {
    return [infoItem(`AssemblyAI searches for phrases of up to ${maxWords} words, without commas`)];
  }
  const text = `Search at AssemblyAI for “${phrase}”`;
  const detail = 'Sends the words and the ID of the transcript; finds whole words only';
  return [actionItem('cloud', text, detail, () => searchAtAssemblyAi(connector, note, id, phrase))];
}

/** Whether the speech server on this machine made the transcript, so that AssemblyAI does not have it. */
function isMadeHere({ properties }: SearchedNote): boolean {
  const model = properties.all.get('model');
  return typeof model === 'string' && model.endsWith('(local)');
}

async function searchAtAssemblyAi(
  connector: Pick<Connector, 'openAssemblyAi'>,
  note: SearchedNote,
  id: string,
  phrase: string,
): Promise<void> {
  await atAssemblyAi(connector, async (client) => {
    let hits: readonly NoteHit[] | undefined;
    await pickPlace({
      title: `“${phrase}” at AssemblyAI`,
      placeholder: 'Type to filter the results',
      itemsFor: () => itemsFor(note, hits),
      load: async (_, signal) => {
        hits = await hitsOf(client, note, id, phrase, signal);
      },
    });
  });
}

async function hitsOf(
  client: AssemblyAiClient,
  { paragraphs }: SearchedNote,
  id: string,
  phrase: string,
  signal: AbortSignal,
): Promise<readonly NoteHit[]> {
  const matches = await client.wordSearch(id, [phrase], signal);
  const said = matches.flatMap(({ times }) => times.map(([startMs]) => ({ startMs, excerpt: null })));
  return locateInNote(paragraphs, parseQuery(phrase, true), said);
}

function itemsFor({ uri }: SearchedNote, hits: readonly NoteHit[] | undefined): readonly SearchItem[] {
  if (hits === undefined) {
    return [];
  }
  return hits.length === 0
    ? [infoItem('AssemblyAI found no results in this transcript')]
    : hits.map((hit) => ({ ...placeItem(uri, hit), alwaysShow: false }));
}
