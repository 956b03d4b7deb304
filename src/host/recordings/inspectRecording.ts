import { lstat, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { checkKind } from '../../node/recordingFile';
import { Failure } from '../../core/failures/failure';
import { isVideoName } from '../../core/recordings/recordingNames';
import { isTextBytes, isText } from '../../core/recordings/isText';
import { maxUploadBytes } from '../../core/jobs/speechApi';
import type { Recording } from '../../core/ports';
import { readHead } from '../../node/readRange';
import { diskFailure } from '../../node/diskFailure';

/**
 * Checks that a file can be a recording, before anything is sent.
 *
 * @param soundOnly whether only the sound of a video will be sent, so that the video may exceed the limit of an upload
 * @throws Failure when it is missing, a folder, unreadable, empty, too large for an upload, or text
 */
export async function inspectRecording(file: string, soundOnly = false): Promise<Recording> {
  const name = path.basename(file);
  try {
    const found = await stat(file);
    checkKind(found, name);
    if (!(soundOnly && isVideoName(name))) {
      checkSize(found.size, name);
    }
    if (isText(await readHead(file, isTextBytes))) {
      throw new Failure('recordingIsText', 'No control bytes in its head', { subject: name });
    }
    return { path: file, name, sizeBytes: found.size, modifiedMs: found.mtimeMs };
  } catch (thrown) {
    const failure = diskFailure(thrown, name);
    const leadsNowhere = failure.code === 'ENOENT' || failure.code === 'ELOOP';
    const isBroken = leadsNowhere && (await isLink(file));
    throw isBroken ? new Failure('recordingLinkBroken', failure.message, failure) : failure;
  }
}

/**
 * Refuses what is too large for the service, before it is sent.
 *
 * @param name of the recording, for the user
 * @throws Failure `tooLarge`
 */
export function checkSize(sizeBytes: number, name: string): void {
  if (sizeBytes > maxUploadBytes) {
    throw new Failure('tooLarge', `There are ${sizeBytes} bytes to send`, { subject: name });
  }
}

async function isLink(file: string): Promise<boolean> {
  return lstat(file).then(
    (entry) => entry.isSymbolicLink(),
    () => false,
  );
}
