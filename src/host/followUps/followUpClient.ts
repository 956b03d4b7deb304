import { access, constants, lstat } from 'node:fs/promises';
import * as path from 'node:path';
import type { AssemblyAiClient } from '../../assemblyai/client';
import { asFailure, Failure } from '../../core/failures/failure';
import { actualPath } from '../../node/actualPath';
import { codeOf } from '../../node/errorCode';
import { isNameTooLong, untilFitting } from '../../node/fittingPaths';
import { numberedPaths } from '../note/numberedPaths';

/** The part of AssemblyAI's client that follow-ups need. */
export type FollowUpClient = Pick<AssemblyAiClient, 'saveRedactedAudio' | 'deleteForSure'>;

/**
 * Saves the redacted audio of a transcript, never over another file.
 *
 * @param target where it should go; when that is taken, the file gets a number
 * @returns the path of the file
 * @throws Failure `fileUnwritable`, or of the service
 */
export async function saveAudioAt(
  target: string,
  client: Pick<FollowUpClient, 'saveRedactedAudio'>,
  transcriptId: string,
  signal: AbortSignal,
): Promise<string> {
  const file = await placeFor(target);
  await client.saveRedactedAudio(transcriptId, file, signal);
  return file;
}

/**
 * Deletes a transcript. If the service says that it was deleted already, it counts as deleted. If the service does not
 * know it, it does not: it may belong to another key, or to another account.
 */
export async function deleteOnce(
  client: Pick<FollowUpClient, 'deleteForSure'>,
  transcriptId: string,
  signal: AbortSignal,
): Promise<void> {
  try {
    await client.deleteForSure(transcriptId, signal);
  } catch (thrown) {
    const failure = asFailure(thrown);
    if (failure.kind !== 'transcriptDeleted') {
      throw failure;
    }
  }
}

/** The service may take minutes, which would be in vain if the audio had no place. @throws Failure `fileUnwritable` */
async function placeFor(target: string): Promise<string> {
  try {
    await access(path.dirname(target), constants.W_OK);
    return await freePath(target);
  } catch (thrown) {
    const facts = { subject: path.basename(target), code: codeOf(thrown), cause: thrown };
    throw new Failure('fileUnwritable', 'The folder cannot be written to', facts);
  }
}

/** The path itself, or its first alternative that is free. */
async function freePath(target: string): Promise<string> {
  return untilFitting(numberedPaths(target), async (candidates) => {
    for (const candidate of candidates) {
      if (await isFree(candidate)) {
        return candidate;
      }
    }
    return target;
  });
}

/** @throws NodeJS.ErrnoException `ENAMETOOLONG` */
async function isFree(file: string): Promise<boolean> {
  await lstat(file).catch((thrown: unknown) => {
    if (isNameTooLong(thrown)) {
      throw thrown;
    }
  });
  return (await actualPath(file)) === undefined;
}
