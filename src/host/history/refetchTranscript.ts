import * as path from 'node:path';
import { notify, showInStatusBar } from '../platform/userMessages';
import { findSidecarOfNote } from '../note/sidecarOfNote';
import { atAssemblyAi, attempt } from '../services/atAssemblyAi';
import { activeNote } from '../note/activeNote';
import type { HistoryParts } from './historyParts';
import { fetchFinished } from './openTranscript';
import { saveSidecarOfNote } from './saveTranscript';

/** *Fetch Transcript Again*: restores the sidecar of the active note if it is missing. */
export async function refetchTranscript({
  connector,
  recordings,
  log,
}: Pick<HistoryParts, 'connector' | 'recordings' | 'log'>): Promise<void> {
  const note = await activeNote();
  if (note === undefined) {
    return;
  }
  const found = await findSidecarOfNote(note.file, note.properties, recordings);
  if (found !== undefined) {
    const where = path.basename(found.file);
    await notify('information', `The transcript of this note is already in ${where}.`);
    return;
  }
  await atAssemblyAi(connector, (client) =>
    attempt(log, `Transcript ${note.transcriptId}`, async () => {
      const body = await fetchFinished(client, note.transcriptId);
      const file = await saveSidecarOfNote(note.file, note.properties, body, recordings);
      log.info(`Wrote ${file}`);
      showInStatusBar(`The transcript is saved in ${path.basename(file)}`);
    }),
  );
}
