import type { AssemblyAiClient } from '../../assemblyai/client';
import { parseQuery } from '../../core/search/query';
import { locateInNote, type NoteHit } from '../../core/search/searchNote';
import { isTranscriptId } from '../../core/transcript/parseTranscript';
import type { Connector } from '../services/connector';
import { atAssemblyAi } from '../services/atAssemblyAi';
import { action, itemOf, pickPlace, remark, type SearchItem } from './pickPlace';
import type { SearchedNote } from './searchedNote';

/** The longest phrase that the API searches for. */
const mostWords = 5;

/** The line that asks the service, where it may have the transcript; nothing is sent before it is chosen. */
export function questionTo(connector: Connector, note: SearchedNote, typed: string): readonly SearchItem[] {
  const { transcript: id } = note.properties;
  const phrase = typed.trim();
  if (id === null || !isTranscriptId(id) || isMadeHere(note)) {
    return [];
  }
  if (phrase.includes(',') || phrase.split(/\s+/).length > mostWords) {
    return [remark(`AssemblyAI searches for phrases of up to ${mostWords} words, without commas`)];
  }
  const text = `Search at AssemblyAI for “${phrase}”`;
  const detail = 'Sends the words and the transcript’s id; finds whole words only';
  return [action('cloud', text, detail, () => searchAtAssemblyAi(connector, note, id, phrase))];
}

/** What the server on this machine transcribed, AssemblyAI has never heard of. */
function isMadeHere({ properties }: SearchedNote): boolean {
  const model = properties.all.get('model');
  return typeof model === 'string' && model.endsWith('(local)');
}

async function searchAtAssemblyAi(
  connector: Connector,
  note: SearchedNote,
  id: string,
  phrase: string,
): Promise<void> {
  await atAssemblyAi(connector, async (client) => {
    let hits: readonly NoteHit[] | undefined;
    await pickPlace({
      title: `“${phrase}” at AssemblyAI`,
      placeholder: 'Type to narrow down',
      itemsFor: () => linesFor(note, hits),
      load: async (_, signal) => {
        hits = await hitsFor(client, note, id, phrase, signal);
      },
    });
  });
}

async function hitsFor(
  client: AssemblyAiClient,
  { passages }: SearchedNote,
  id: string,
  phrase: string,
  signal: AbortSignal,
): Promise<readonly NoteHit[]> {
  const matches = await client.wordSearch(id, [phrase], signal);
  const said = matches.flatMap(({ times }) => times.map(([startMs]) => ({ startMs, excerpt: null })));
  return locateInNote(passages, parseQuery(phrase, true), said);
}

function linesFor({ uri }: SearchedNote, hits: readonly NoteHit[] | undefined): readonly SearchItem[] {
  if (hits === undefined) {
    return [];
  }
  return hits.length === 0
    ? [remark('AssemblyAI finds it nowhere in this transcript')]
    : hits.map((hit) => ({ ...itemOf(uri, hit), alwaysShow: false }));
}
