import { readdir, readFile } from 'node:fs/promises';
import { codeOf } from './errorCode';

/** How many files to read at once: a system may let a process open only a thousand files. */
export const readsAtOnce = 32;

/** The text of a file; undefined where there is no such file. */
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

/** The names in a folder; none where there is no such folder. */
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
