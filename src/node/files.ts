import { randomBytes, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import * as path from 'node:path';
import { codeOf } from './errorCode';
import { retryWhileHeld } from './retryWhileHeld';

/** Permissions of a file and of the folders that are made for it, as `open` and `mkdir` take them. */
interface Access {
  readonly file: number;
  readonly folder: number;
}

/** For the user's files: what the system grants by default. */
const usual: Access = { file: 0o666, folder: 0o777 };

/** For files that no other user of the machine may read. */
export const ownerOnly: Access = { file: 0o600, folder: 0o700 };

/** How the name of a file ends while it is being written. Only a crash leaves such a file. */
export const temporarySuffix = '.steno-tmp';

/**
 * Writes a file that must not exist yet: all of it or nothing.
 *
 * @param token see `withTemporary`
 * @returns false when anything has that name already, even a link to nowhere; it stays as it is
 */
export async function writeNew(
  target: string,
  text: string,
  access = usual,
  token?: string,
): Promise<boolean> {
  return withTemporary(target, text, (temporary) => nameIfFree(temporary, target), access, token);
}

/**
 * Writes a file, over an earlier one if there is one. Even after a power cut, it is either all new or as it was.
 *
 * @param token see `withTemporary`
 */
export async function replaceFile(
  target: string,
  text: string,
  access = usual,
  token?: string,
): Promise<void> {
  const finish = (temporary: string): Promise<void> => retryWhileHeld(() => rename(temporary, target));
  await withTemporary(target, text, finish, access, token);
}

/** Removes a file, if there is one. */
export async function removeFile(file: string): Promise<void> {
  await retryWhileHeld(() => rm(file, { force: true }));
}

/** Whether anything has that name, even a link to nowhere. */
export async function exists(target: string): Promise<boolean> {
  return lstat(target).then(
    () => true,
    () => false,
  );
}

/** The folder of a file or, where that is gone, the nearest folder above it. */
export async function nearestFolder(file: string): Promise<string> {
  let folder = path.dirname(file);
  while (!(await exists(folder)) && path.dirname(folder) !== folder) {
    folder = path.dirname(folder);
  }
  return folder;
}

/** Gives a complete file another name as well. @returns false when anything has that name already */
export async function nameIfFree(file: string, name: string): Promise<boolean> {
  try {
    await nameOnce(file, name);
    return true;
  } catch (thrown) {
    if (codeOf(thrown) === 'EEXIST') {
      return false;
    }
    throw thrown;
  }
}

/**
 * Gives a complete file its name: atomically, and never over another file.
 *
 * @throws with the code `EEXIST` when anything has that name already, even a link to nowhere
 */
export async function nameOnce(temporary: string, target: string): Promise<void> {
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
 * Writes a temporary file beside its target and hands it over when it is complete. Removes it afterwards, unless it
 * was renamed.
 *
 * @param token part of the temporary name: the next call with the same token removes what a crash left
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
  const temporary = temporaryFor(target, token);
  await rm(temporary, { force: true }).catch(() => undefined);
  // Outside of the block below: where something has that name, it is not this call's to remove.
  const file = await open(temporary, 'wx', access.file);
  try {
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
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

/**
 * A token for `withTemporary` that no other call has, where several windows may write at the same moment. What a crash
 * leaves of it is removed by `removeTemporary`.
 */
export function ownToken(token: string): string {
  return `${token.slice(0, longestToken - ownDigits - 1)}-${randomBytes(ownDigits / 2).toString('hex')}`;
}

/**
 * Removes the temporary files that crashes left of `withTemporary`, also those of `ownToken`. Never rejects: a hidden file
 * does no harm.
 */
export async function removeTemporary(target: string, token: string): Promise<void> {
  const folder = path.dirname(target);
  const beginning = `.${ownToken(token).slice(0, -ownDigits)}`;
  const isOwn = (name: string): boolean =>
    name.startsWith(beginning) && /^[0-9a-f]{8}\.steno-tmp$/.test(name.slice(beginning.length));
  const own = (await readdir(folder).catch(() => [])).filter(isOwn).map((name) => path.join(folder, name));
  for (const file of [temporaryFor(target, token), ...own]) {
    await rm(file, { force: true }).catch(() => undefined);
  }
}

/** The names of temporary files, here and of downloads. */
const temporaryName = new RegExp(`^\\.[\\w-]{1,80}\\${temporarySuffix}$`);

/**
 * Removes the temporary files that crashes left in a folder. Never rejects.
 *
 * @param untouchedSince ms since 1970; a file that was changed later may still be at work
 */
export async function sweepTemporary(folder: string, untouchedSince: number): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((each) => temporaryName.test(each))) {
    const file = path.join(folder, name);
    const found = await lstat(file).catch(() => undefined);
    if (found?.isFile() === true && found.mtimeMs < untouchedSince) {
      await rm(file, { force: true }).catch(() => undefined);
    }
  }
}

const longestToken = 64;
/** Of the random part in `ownToken`. */
const ownDigits = 8;

function temporaryFor(target: string, token: string): string {
  return path.join(path.dirname(target), `.${token.slice(0, longestToken)}${temporarySuffix}`);
}

/** Makes names survive a power cut, too. Windows and some file systems have no such call. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
