import * as path from 'node:path';
import { fittingName, type NameLimit } from '../core/fileName';
import { codeOf } from './errorCode';

/** Of nearly all file systems. */
const usualBytes: NameLimit = { most: 255, counts: 'bytes' };
/** Of eCryptfs, which encrypts names (https://bugs.launchpad.net/ecryptfs/+bug/344878). */
const encryptedBytes: NameLimit = { most: 143, counts: 'bytes' };

/** Windows takes names of 255 UTF-16 units. Many of its programs open no path of more than 259 units. */
const windowsUnits = 255;
const windowsPathUnits = 259;
/** A shorter name would say too little. */
const shortestUnits = 60;

/** The limits that the names in a folder may have to keep, the one for new files first. */
export function nameLimits(folder: string, platform: string = process.platform): readonly NameLimit[] {
  if (platform !== 'win32') {
    return [usualBytes, encryptedBytes];
  }
  const left = windowsPathUnits - folder.length - 1;
  const isTighter = left >= shortestUnits && left < windowsUnits;
  const most = isTighter ? [left, windowsUnits] : [windowsUnits];
  return most.map((units) => ({ most: units, counts: 'units' }));
}

/**
 * The paths that a file may have because its name is too long: the path itself first where its name fits.
 *
 * @param file absolute path
 */
export function fittingPaths(file: string): readonly string[] {
  const { dir, base } = path.parse(file);
  return [...new Set(nameLimits(dir).map((limit) => path.join(dir, fittingName(base, limit))))];
}

/**
 * Tries one after the other, until the file system does not find the name too long.
 *
 * @param tries at least one
 * @throws what the last try threw, or what any threw for another reason
 */
export async function untilFitting<A, T>(tries: readonly A[], attempt: (each: A) => Promise<T>): Promise<T> {
  for (const each of tries.slice(0, -1)) {
    try {
      return await attempt(each);
    } catch (thrown) {
      if (!isNameTooLong(thrown)) {
        throw thrown;
      }
    }
  }
  return attempt(tries[tries.length - 1] as A);
}

/** Whether an error of the file system means that a name or a path is too long. */
export function isNameTooLong(thrown: unknown): boolean {
  return codeOf(thrown) === 'ENAMETOOLONG';
}
