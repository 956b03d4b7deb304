import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, lstat, mkdir, open, rm } from 'node:fs/promises';
import * as path from 'node:path';

/**
 * Writes a file that must not exist yet, whole or not at all.
 * @returns false when something, even a dangling link, has that name already; it is left untouched
 */
export async function writeNew(target: string, text: string): Promise<boolean> {
  return withTemporary(target, text, async (temporary) => {
    try {
      await claim(temporary, target);
      return true;
    } catch (error) {
      if (codeOf(error) === 'EEXIST') {
        return false;
      }
      throw error;
    }
  });
}

/** Whether anything has that name, be it a link to nowhere. */
export async function exists(target: string): Promise<boolean> {
  return lstat(target).then(
    () => true,
    () => false,
  );
}

/** The error code of the system, such as `EACCES`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Gives the finished file its name, atomically and never over another one. */
async function claim(temporary: string, target: string): Promise<void> {
  try {
    await link(temporary, target);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') {
      throw error;
    }
    // Some file systems (exFAT, some network shares) know no hard links.
    await copyFile(temporary, target, constants.COPYFILE_EXCL);
  }
}

/** Writes a file beside its target, and hands it over complete; it is gone afterwards, unless it was renamed. */
export async function withTemporary<T>(
  target: string,
  text: string,
  finish: (temporary: string) => Promise<T>,
): Promise<T> {
  await mkdir(path.dirname(target), { recursive: true });
  const temporary = path.join(path.dirname(target), `.${randomUUID()}.steno-tmp`);
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(text, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
    return await finish(temporary);
  } finally {
    await rm(temporary, { force: true });
  }
}
