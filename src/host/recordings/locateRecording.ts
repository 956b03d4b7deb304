import { stat } from 'node:fs/promises';
import * as path from 'node:path';
import { isRecordingName } from '../../core/recordings/recordingNames';
import { nearestFolder } from '../../node/files';
import { findFiles, type FileSearch } from './findRecordings';
import { sha256Of } from '../../node/sha256Of';
import type { Recording } from '../../core/ports';

/**
 * Finds a recording that may have been moved or renamed, by its bytes: at its old path, in its old folder and the folders
 * directly below, and anywhere below the given roots. If its old folder is gone, the nearest one above is taken instead.
 *
 * @param sha256 of the recording, lower-case hex
 * @param roots absolute paths of folders
 * @returns undefined when it is not found
 * @throws the reason of the signal
 */
export async function locateRecording(
  recording: Recording,
  sha256: string,
  roots: readonly string[],
  signal: AbortSignal,
): Promise<Recording | undefined> {
  if (await isUntouched(recording)) {
    return recording;
  }
  const isSame = (file: string): Promise<Recording | undefined> => matching(file, recording, sha256, signal);
  const atPlace = await isSame(recording.path);
  if (atPlace !== undefined) {
    return atPlace;
  }
  const extension = path.extname(recording.path);
  const isWanted = (name: string): boolean => isRecordingName(name) || path.extname(name) === extension;
  const places: readonly (readonly [folder: string, search: FileSearch])[] = [
    // Not everything below it: outside of the roots, it may be the home folder or a whole disk.
    [await nearestFolder(recording.path), { isWanted, depth: 1, signal }],
    ...roots.map((root) => [root, { isWanted, signal }] as const),
  ];
  for (const [folder, search] of places) {
    for (const file of await findFiles(folder, search).catch(() => [])) {
      const found = file === recording.path ? undefined : await isSame(file);
      if (found !== undefined) {
        return found;
      }
    }
    signal.throwIfAborted();
  }
  return undefined;
}

/** Compares size and time of change, which is quicker than reading the whole file. */
async function isUntouched({ path: file, sizeBytes, modifiedMs }: Recording): Promise<boolean> {
  return stat(file).then(
    (found) => found.isFile() && found.size === sizeBytes && Math.abs(found.mtimeMs - modifiedMs) < 1,
    () => false,
  );
}

/** The file as a recording, if it has exactly those bytes; undefined if not, or if it cannot be read. */
async function matching(
  file: string,
  { sizeBytes }: Recording,
  sha256: string,
  signal: AbortSignal,
): Promise<Recording | undefined> {
  try {
    const found = await stat(file);
    if (!found.isFile() || found.size !== sizeBytes || (await sha256Of(file, signal)) !== sha256) {
      return undefined;
    }
    return { path: file, name: path.basename(file), sizeBytes, modifiedMs: found.mtimeMs };
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}
