import { readdir } from 'node:fs/promises';
import * as path from 'node:path';
import { Failure } from '../../core/failures/failure';
import { isRecordingName } from '../../core/recordings/recordingNames';
import { isRedactedAudioName } from '../../core/recordings/redactedAudioName';
import { codeOf } from '../../node/errorCode';

/** Folders that hold installed packages, not recordings. */
const skipped: ReadonlySet<string> = new Set(['node_modules']);

/** Which files `findFiles` finds, and how deep. */
export interface FileSearch {
  readonly isWanted: (fileName: string) => boolean;
  /** How many levels of subfolders; 0 for the folder itself only. */
  readonly depth?: number;
  readonly signal?: AbortSignal;
}

/**
 * Finds the recordings in a folder and below; for a file, the file itself if it is a recording. Redacted recordings that
 * Steno saved beside the originals are left out, since the originals are transcribed.
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
 * Finds files in a folder and below, sorted by path. Hidden files and folders, `node_modules`, links, and subfolders that
 * cannot be read are left out.
 *
 * @throws NodeJS.ErrnoException when the folder itself cannot be read
 * @throws the reason of the signal
 */
export async function findFiles(folder: string, search: FileSearch): Promise<readonly string[]> {
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
