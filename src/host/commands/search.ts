import { NoteShelf } from '../search/noteShelf';
import { searchOneNote } from '../search/searchOneNote';
import { searchAllNotes } from '../search/searchAllNotes';
import type { Command } from './command';
import type { CommandParts } from './commandParts';

/** *Search in Transcript…* and *Search in All Transcripts…*. */
export function createSearchCommands({
  connector,
}: CommandParts): Readonly<Record<'steno.searchTranscript' | 'steno.searchTranscripts', Command>> {
  const shelf = new NoteShelf();
  return {
    'steno.searchTranscript': (clicked) => searchOneNote(connector, clicked),
    'steno.searchTranscripts': () => searchAllNotes(shelf),
  };
}
