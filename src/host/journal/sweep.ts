import { rm, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { temporarySuffix } from '../../node/files';
import { namesIn } from '../../node/readFiles';

/** Neither writing a file nor claiming a job takes so long. */
const leftBehindMs = 24 * 60 * 60 * 1000;

/**
 * Removes from the journal what a crash left behind a day ago or earlier: temporary files, and transcripts of jobs of
 * which there is no record.
 */
export async function sweep(folder: string, nowMs: number): Promise<void> {
  const transcripts = path.join(folder, 'transcripts');
  for (const place of [folder, path.join(folder, 'done'), transcripts]) {
    for (const name of await namesIn(place)) {
      const isOrphan = async (): Promise<boolean> => place === transcripts && !(await isKnown(folder, name));
      const file = path.join(place, name);
      if ((name.endsWith(temporarySuffix) || (await isOrphan())) && (await isOld(file, nowMs))) {
        await rm(file, { force: true });
      }
    }
  }
}

/** Whether there is a record of the job, even one that was set aside. */
async function isKnown(folder: string, transcript: string): Promise<boolean> {
  const id = path.basename(transcript, '.json');
  const places = [folder, path.join(folder, 'done'), path.join(folder, 'aside')];
  const names = (await Promise.all(places.map(namesIn))).flat();
  return names.some((name) => name.startsWith(id));
}

async function isOld(file: string, nowMs: number): Promise<boolean> {
  return stat(file).then(
    ({ mtimeMs }) => nowMs - mtimeMs > leftBehindMs,
    () => false,
  );
}
