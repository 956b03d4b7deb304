import * as path from 'node:path';
import type { CommandParts } from '../commands/commandParts';
import { mention, offer } from '../platform/messages';
import { findSidecarOfNote } from '../note/transcriptOfNote';
import { atAssemblyAi, attempt } from '../services/atAssemblyAi';
import { activeNote } from '../note/activeNote';
import { fetchFinished } from './openTranscript';
import { saveSidecarOfNote } from './saveTranscript';

/** *Fetch Transcript Again*: its sidecar, where that is lost. */
export async function refetchTranscript({ connector, log }: CommandParts): Promise<void> {
  const note = await activeNote();
  if (note === undefined) {
    return;
  }
  const found = await findSidecarOfNote(note.file, note.properties);
  if (found !== undefined) {
    const where = path.basename(found.file);
    await offer('information', `The transcript of this note is not lost: it is in ${where}.`);
    return;
  }
  await atAssemblyAi(connector, (client) =>
    attempt(log, `Transcript ${note.transcriptId}`, async () => {
      const body = await fetchFinished(client, note.transcriptId);
      const file = await saveSidecarOfNote(note.file, note.properties, body);
      log.info(`Wrote ${file}`);
      mention(`The transcript is saved in ${path.basename(file)}`);
    }),
  );
}
