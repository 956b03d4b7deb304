import { readdir, readFile } from 'node:fs/promises';
import { codeOf } from './errorCode';

/** Files read at once: a system lets a process open a thousand files or less. */
export const readsAtOnce = 32;

/** The text of a file; undefined where there is none. */
export async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') {
      return undefined;
    }
    throw thrown;
  }
}

/** Names in a folder; none where there is none. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') {
      return [];
    }
    throw thrown;
  }
}
