import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import * as path from 'node:path';
import { codeOf } from './errorCode';
import { whileHeld } from './whileHeld';

/** Who may do what with a file, and with the folders that are made for it; as `mkdir` and `open` take it. */
interface Access {
  readonly file: number;
  readonly folder: number;
}

/** For what belongs to the user: as the system has it. */
const usual: Access = { file: 0o666, folder: 0o777 };

/** For what other users of the machine are not to see. */
export const ownerOnly: Access = { file: 0o600, folder: 0o700 };

/** The end of the name of a file that is being written; left behind only by a crash. */
export const temporarySuffix = '.steno-tmp';

/**
 * Writes a file that must not exist yet, whole or not at all.
 * @returns false when something, even a dangling link, has that name already; it is left untouched
 */
export async function writeNew(
  target: string,
  text: string,
  access = usual,
  token?: string,
): Promise<boolean> {
  const finish = async (temporary: string): Promise<boolean> => {
    try {
      await claim(temporary, target);
      return true;
    } catch (thrown) {
      if (codeOf(thrown) === 'EEXIST') {
        return false;
      }
      throw thrown;
    }
  };
  return withTemporary(target, text, finish, access, token);
}

/** Writes a file that is then there as a whole or as it was, even when the power fails. */
export async function replace(target: string, text: string, access = usual): Promise<void> {
  await withTemporary(target, text, (temporary) => whileHeld(() => rename(temporary, target)), access);
}

/** Whether anything has that name, be it a link to nowhere. */
export async function exists(target: string): Promise<boolean> {
  return lstat(target).then(
    () => true,
    () => false,
  );
}

/** The folder of a file, or what there is of the way to it. */
export async function nearestFolder(file: string): Promise<string> {
  let folder = path.dirname(file);
  while (!(await exists(folder)) && path.dirname(folder) !== folder) {
    folder = path.dirname(folder);
  }
  return folder;
}

/** Gives the finished file its name, atomically and never over another one. */
async function claim(temporary: string, target: string): Promise<void> {
  try {
    await link(temporary, target);
  } catch (thrown) {
    if (codeOf(thrown) === 'EEXIST') {
      throw thrown;
    }
    // Some file systems (exFAT, some network shares) know no hard links.
    await copyFile(temporary, target, constants.COPYFILE_EXCL);
  }
}

/**
 * Writes a file beside its target, and hands it over complete; it is gone afterwards, unless it was renamed.
 *
 * @param token part of its name: given the same again, what a crash left of it goes
 */
export async function withTemporary<T>(
  target: string,
  text: string,
  finish: (temporary: string) => Promise<T>,
  access = usual,
  token: string = randomUUID(),
): Promise<T> {
  const folder = path.dirname(target);
  await mkdir(folder, { recursive: true, mode: access.folder });
  await removeTemporary(target, token);
  const temporary = temporaryFor(target, token);
  try {
    const file = await open(temporary, 'wx', access.file);
    try {
      await file.writeFile(text, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
    const result = await finish(temporary);
    await syncFolder(folder);
    return result;
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Removes what a crash left of writing a file. Never rejects: it is hidden, and in nobody's way. */
export async function removeTemporary(target: string, token: string): Promise<void> {
  await rm(temporaryFor(target, token), { force: true }).catch(() => undefined);
}

const longestToken = 64;

function temporaryFor(target: string, token: string): string {
  return path.join(path.dirname(target), `.${token.slice(0, longestToken)}${temporarySuffix}`);
}

/** Lets names outlive a power cut as well; Windows and some file systems do not let it be asked for. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
