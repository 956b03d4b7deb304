import { readdir } from 'node:fs/promises';
import * as path from 'node:path';
import { Failure } from '../../core/failures/failure';
import { isRecordingName } from '../../core/recordings/formats';
import { isRedactedAudioName } from '../../core/recordings/redactedAudioName';
import { codeOf } from '../../node/errorCode';

/** Folders that hold tools and histories, not people's recordings. */
const skipped: ReadonlySet<string> = new Set(['node_modules']);

/** What `findFiles` looks for, and how far. */
export interface Search {
  readonly isWanted: (fileName: string) => boolean;
  /** How many folders deep; 0 for the folder itself only. */
  readonly depth?: number;
  readonly signal?: AbortSignal;
}

/**
 * Recordings in a folder and below, as `findFiles` finds them; of a file, itself if it is one. Redacted ones that were
 * saved beside theirs are left out: what they say is transcribed.
 *
 * @throws Failure `recordingUnreadable` when the folder itself cannot be read
 */
export async function findRecordings(folder: string): Promise<readonly string[]> {
  try {
    return await findFiles(folder, {
      isWanted: (name) => isRecordingName(name) && !isRedactedAudioName(name),
    });
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOTDIR') {
      return isRecordingName(folder) ? [folder] : [];
    }
    const facts = { subject: path.basename(folder), code: codeOf(thrown), cause: thrown };
    throw new Failure('recordingUnreadable', 'The folder cannot be listed', facts);
  }
}

/**
 * Files in a folder and below, in the order of their paths. Hidden folders, `node_modules` and links are left out, and
 * so are subfolders that cannot be read. Rejects when the folder itself cannot be read, or with the signal's reason.
 */
export async function findFiles(folder: string, search: Search): Promise<readonly string[]> {
  const { isWanted, depth = Infinity, signal } = search;
  signal?.throwIfAborted();
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry): Promise<readonly string[]> => {
      const full = path.join(folder, entry.name);
      if (entry.name.startsWith('.') || skipped.has(entry.name)) {
        return [];
      }
      if (entry.isDirectory()) {
        return depth === 0 ? [] : findFiles(full, { ...search, depth: depth - 1 }).catch(() => []);
      }
      return entry.isFile() && isWanted(entry.name) ? [full] : [];
    }),
  );
  signal?.throwIfAborted();
  return found.flat().sort();
}
