import { atAssemblyAi } from '../services/atAssemblyAi';
import { fetchById } from '../history/fetchById';
import { HistoryBrowser } from '../history/historyBrowser';
import { refetchTranscript } from '../history/refetch';
import { saveSubtitles } from '../history/subtitles';
import type { Command } from './command';
import type { CommandParts } from './commandParts';

/** *Transcripts at AssemblyAI…*, *Fetch Transcript by Id…*, *Fetch Transcript Again*, *Save Subtitles…*. */
export function createHistoryCommands(
  parts: CommandParts,
): Readonly<
  Record<
    'steno.showHistory' | 'steno.fetchTranscript' | 'steno.refetchTranscript' | 'steno.saveSubtitles',
    Command
  >
> {
  return {
    'steno.showHistory': () =>
      atAssemblyAi(parts.connector, (client) => new HistoryBrowser(client, parts).browse()),
    'steno.fetchTranscript': () => fetchById(parts),
    'steno.refetchTranscript': () => refetchTranscript(parts),
    'steno.saveSubtitles': () => saveSubtitles(parts),
  };
}
