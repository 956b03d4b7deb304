import { NoteCache } from '../search/noteCache';
import { searchOneNote } from '../search/searchOneNote';
import { searchAllNotes } from '../search/searchAllNotes';
import type { Command } from './command';
import type { CommandParts } from './commandParts';

/** *Search in Transcript…* and *Search in All Transcripts…*. */
export function createSearchCommands({
  connector,
  recordings,
}: CommandParts): Readonly<Record<'steno.searchTranscript' | 'steno.searchTranscripts', Command>> {
  const notes = new NoteCache();
  return {
    'steno.searchTranscript': (clicked) => searchOneNote({ connector, recordings }, clicked),
    'steno.searchTranscripts': () => searchAllNotes(notes),
  };
}
