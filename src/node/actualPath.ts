import * as path from 'node:path';
import { exists } from './files';
import { namesIn } from './readFiles';

/**
 * The path under which something is there. macOS takes `é` as one code point or as two for the same name, and other
 * systems do not, so a path that was written on another system may be spelled otherwise than the file.
 *
 * @param file absolute path
 * @returns undefined when nothing has that name, however it is composed
 */
export async function actualPath(file: string): Promise<string | undefined> {
  if (await exists(file)) {
    return file;
  }
  const { dir, base } = path.parse(file);
  if (base === '' || isPlain(file)) {
    return undefined;
  }
  const folder = isPlain(dir) ? dir : await actualPath(dir);
  const names = folder === undefined ? [] : await namesIn(folder).catch(() => []);
  const name = names.filter((each) => isSameName(each, base)).sort()[0];
  return folder === undefined || name === undefined ? undefined : path.join(folder, name);
}

/** Whether two names or paths are the same, however they are composed. */
export function isSameName(one: string, other: string): boolean {
  return one === other || one.normalize('NFC') === other.normalize('NFC');
}

/** Whether there is only one way to compose a path. */
function isPlain(file: string): boolean {
  return /^[\x20-\x7e]*$/.test(file);
}
