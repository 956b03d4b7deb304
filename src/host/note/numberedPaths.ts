import * as path from 'node:path';
import { fittingName, type NameLimit } from '../../core/fileName';
import { alternativeNotePath } from '../../core/note/notePath';
import { actualPath } from '../../node/actualPath';
import { fittingPaths, nameLimits, untilFitting } from '../../node/fittingPaths';

/** More files of one name than there can be. It ends the search on a file system where every name seems to exist. */
const maxNumber = 1000;

/** A path and its variants with a number, in the order in which they are tried: `a.md`, `a-2.md`, `a-3.md` and so on. */
export type NumberedPaths = Iterable<string>;

/**
 * The numbered paths of a file, once for each limit that its folder may have for names. The first are for new files; a
 * file that was moved here may have one of the others.
 *
 * @param target absolute path; its name may be too long
 */
export function numberedPaths(target: string): readonly NumberedPaths[] {
  // The longest of the names shows whether a limit matters.
  const longest = path.basename(alternativeNotePath(target, maxNumber));
  const limits = new Map(
    nameLimits(path.dirname(target)).map((limit) => [fittingName(longest, limit), limit]),
  );
  return [...limits.values()].map((limit) => ({ [Symbol.iterator]: () => within(target, limit) }));
}

/** The longest of the numbered paths, once for each limit that its folder may have for names. */
export function longestPaths(target: string): readonly string[] {
  return fittingPaths(alternativeNotePath(target, maxNumber));
}

function* within(target: string, limit: NameLimit): Generator<string> {
  const fitting = (file: string): string =>
    path.join(path.dirname(file), fittingName(path.basename(file), limit));
  yield fitting(target);
  for (let number = 2; number <= maxNumber; number++) {
    yield fitting(alternativeNotePath(target, number));
  }
}

/**
 * Writes a file at the first of the numbered paths that is free, however the name there is composed, and whose name is
 * not too long.
 *
 * @param write returns false when something has that path already
 * @returns the path
 * @throws Error when no path is free, and what `write` throws
 */
export async function writeAtFreePath(
  target: string,
  write: (candidate: string) => Promise<boolean>,
): Promise<string> {
  return untilFitting(numberedPaths(target), async (candidates) => {
    for (const candidate of candidates) {
      if ((await actualPath(candidate)) === undefined && (await write(candidate))) {
        return candidate;
      }
    }
    throw new Error('Every name that the file could have is taken');
  });
}
