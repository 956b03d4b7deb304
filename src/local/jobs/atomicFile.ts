import { open, rename } from 'node:fs/promises';

/** What stands behind the name of a file while it is being written. */
export const unfinishedSuffix = '.tmp';

/** Writes a file that is either there as a whole or as it was, even when the power fails. */
export async function writeAtomically(path: string, text: string): Promise<void> {
  const unfinished = path + unfinishedSuffix;
  const file = await open(unfinished, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, path);
}
