import { readdir } from 'node:fs/promises';
import * as path from 'node:path';
import { Failure } from '../../core/failures/failure';
import { isRecordingName } from '../../core/recordings/formats';
import { codeOf } from '../note/files';

/** Folders that hold tools and histories, not people's recordings. */
const skipped: ReadonlySet<string> = new Set(['node_modules']);

/**
 * Recordings in a folder and below, in the order of their paths; of a file, itself if it is one. Hidden folders, `node_modules` and links are
 * left out, and so are subfolders that cannot be read.
 *
 * @throws Failure `recordingUnreadable` when the folder itself cannot be read
 */
export async function findRecordings(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (codeOf(error) === 'ENOTDIR') {
      return undefined;
    }
    const facts = { subject: path.basename(folder), code: codeOf(error), cause: error };
    throw new Failure('recordingUnreadable', 'The folder cannot be listed', facts);
  });
  if (entries === undefined) {
    return isRecordingName(folder) ? [folder] : [];
  }
  const found = await Promise.all(
    entries.map(async (entry): Promise<readonly string[]> => {
      const full = path.join(folder, entry.name);
      if (entry.name.startsWith('.') || skipped.has(entry.name)) {
        return [];
      }
      if (entry.isDirectory()) {
        return findRecordings(full).catch(() => []);
      }
      return entry.isFile() && isRecordingName(entry.name) ? [full] : [];
    }),
  );
  return found.flat().sort();
}
