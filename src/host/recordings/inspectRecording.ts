import { lstat, open, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { Failure } from '../../core/failures/failure';
import type { Recording } from '../../core/jobs/ports';
import { headBytes, isText } from '../../core/recordings/isText';
import { codeOf } from '../note/files';

/** AssemblyAI documents 2.2 GB for an upload; decimal, to be on the safe side. */
const largestBytes = 2_200_000_000;

/**
 * Looks at a file before anything is sent.
 * @throws Failure when it is missing, a folder, unreadable, empty, too large for an upload, or text
 */
export async function inspectRecording(file: string): Promise<Recording> {
  try {
    const found = await stat(file);
    if (!found.isFile()) {
      const kind = found.isDirectory() ? 'recordingIsFolder' : 'recordingUnreadable';
      throw new Failure(kind, 'Not a regular file', { subject: path.basename(file) });
    }
    const recording: Recording = {
      path: file,
      name: path.basename(file),
      sizeBytes: found.size,
      modifiedMs: found.mtimeMs,
    };
    refuseSize(recording);
    await refuseText(recording);
    return recording;
  } catch (error) {
    throw error instanceof Failure ? error : await fileFailure(file, error);
  }
}

function refuseSize({ name: subject, sizeBytes }: Recording): void {
  if (sizeBytes === 0) {
    throw new Failure('recordingEmpty', 'The file has 0 bytes', { subject });
  }
  if (sizeBytes > largestBytes) {
    throw new Failure('tooLarge', `The file has ${sizeBytes} bytes`, { subject });
  }
}

async function refuseText({ path: file, name: subject }: Recording): Promise<void> {
  const handle = await open(file);
  try {
    const { bytesRead, buffer } = await handle.read(new Uint8Array(headBytes), 0, headBytes, 0);
    if (isText(buffer.subarray(0, bytesRead))) {
      throw new Failure('recordingIsText', 'No control bytes in its head', { subject });
    }
  } finally {
    await handle.close();
  }
}

async function fileFailure(file: string, error: unknown): Promise<Failure> {
  const code = codeOf(error);
  const facts = { subject: path.basename(file), code, cause: error };
  if (code === 'ENOENT' || code === 'ELOOP') {
    const isLink = await lstat(file).then(
      (entry) => entry.isSymbolicLink(),
      () => false,
    );
    return new Failure(isLink ? 'recordingLinkBroken' : 'recordingMissing', 'Nothing there', facts);
  }
  return new Failure('recordingUnreadable', error instanceof Error ? error.message : String(error), facts);
}
