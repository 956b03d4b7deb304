import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Words in the transcript of the scripted server, which every note of it must have. */
export const knownWords = 'I have the sales numbers for the third quarter.';

/** The SHA-256 of a file, lower-case hex. */
export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Every file below a folder that is in use. Files and folders that disappear meanwhile are left out. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(unlessGone([]));
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => join(folder, name));
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
  return [...files, ...(await Promise.all(folders.map(filesBelow))).flat()];
}

/** Every file below a folder that contains this text. */
export async function filesContaining(folder: string, text: string): Promise<string[]> {
  const files = await filesBelow(folder);
  const contents = await Promise.all(files.map((file) => readFile(file).catch(unlessGone(undefined))));
  return files.filter((_, index) => contents[index]?.includes(text));
}

/** Handles an error: returns `instead` when the file is gone, and throws any other error. */
export const unlessGone =
  <T>(instead: T) =>
  (error: NodeJS.ErrnoException): T => {
    if (error.code !== 'ENOENT') {
      throw error;
    }
    return instead;
  };
