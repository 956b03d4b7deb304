import { atAssemblyAi } from '../services/atAssemblyAi';
import { fetchById } from '../history/fetchById';
import { HistoryBrowser } from '../history/historyBrowser';
import { refetchTranscript } from '../history/refetchTranscript';
import { saveSubtitles } from '../history/saveSubtitles';
import type { Command } from './command';
import type { CommandParts } from './commandParts';

/** *Transcripts at AssemblyAI…*, *Fetch Transcript by ID…*, *Fetch Transcript Again* and *Save Subtitles…*. */
export function createHistoryCommands({
  connector,
  context,
  list,
  followUps,
  recordings,
  clock,
  log,
}: CommandParts): Readonly<
  Record<
    'steno.showHistory' | 'steno.fetchTranscript' | 'steno.refetchTranscript' | 'steno.saveSubtitles',
    Command
  >
> {
  const parts = { connector, jobs: list, followUps, recordings, state: context.globalState, clock, log };
  return {
    'steno.showHistory': () =>
      atAssemblyAi(connector, (client) => new HistoryBrowser(client, parts).browse()),
    'steno.fetchTranscript': () => fetchById(parts),
    'steno.refetchTranscript': () => refetchTranscript(parts),
    'steno.saveSubtitles': () => saveSubtitles(parts),
  };
}
