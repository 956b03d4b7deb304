import { stat } from 'node:fs/promises';
import * as path from 'node:path';
import { isRecordingName } from '../../core/recordings/formats';
import { nearestFolder } from '../../node/files';
import { findFiles, type Search } from './findRecordings';
import { sha256Of } from '../../node/sha256Of';
import type { Recording } from '../../core/ports';

/**
 * Where a recording is now, as far as it can be told. It is known by its bytes: unchanged at its place, or else moved or
 * renamed in its own folder, in those around it when that is gone, or anywhere below the given roots.
 *
 * @param sha256 of the recording, lower-case hex
 * @returns undefined when it is found nowhere
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
  const places: readonly (readonly [folder: string, search: Search])[] = [
    // Not all that is below it: outside of the roots it may be the home, or a whole disk.
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

/** Reading it all only to learn that nobody has touched it would take a while. */
async function isUntouched({ path: file, sizeBytes, modifiedMs }: Recording): Promise<boolean> {
  return stat(file).then(
    (found) => found.isFile() && found.size === sizeBytes && Math.abs(found.mtimeMs - modifiedMs) < 1,
    () => false,
  );
}

/** The file as a recording, if it has the very bytes; what cannot be read has not. */
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
