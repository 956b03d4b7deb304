import { open, rename, rm } from 'node:fs/promises';
import { whileHeld } from '../../node/whileHeld';

/** What stands behind the name of a file while it is being written. */
export const unfinishedSuffix = '.tmp';

/** Writes a file that is either there as a whole or as it was, even when the power fails; the disk may refuse. */
export async function writeAtomically(path: string, text: string): Promise<void> {
  const unfinished = path + unfinishedSuffix;
  try {
    const file = await open(unfinished, 'w', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await whileHeld(() => rename(unfinished, path));
  } catch (thrown) {
    // Half a file would take the room that the next one needs.
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw thrown;
  }
}
