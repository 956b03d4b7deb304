import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Words that the scripted server's transcript has and a note therefore must have. */
export const knownWords = 'I have the sales numbers for the third quarter.';

/** Of a file's bytes, lower-case hex. */
export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Every file below a folder that contains this text. */
export async function filesContaining(folder: string, text: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  // A server that is running removes files of its own at any time.
  const contents = await Promise.all(files.map((file) => readFile(file).catch(() => undefined)));
  return files.filter((_, index) => contents[index]?.includes(text));
}
