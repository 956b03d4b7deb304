import { Failure, type FailureKind } from '../core/failures/failure';
import { codesOf } from './errorCode';

/** Codes of the file system that have a failure of their own. */
const kindsOfDiskCodes: ReadonlyMap<string, FailureKind> = new Map<string, FailureKind>([
  ['ENOENT', 'recordingMissing'],
  ['ENOTDIR', 'recordingMissing'],
  ['EISDIR', 'recordingIsFolder'],
]);

/** An error in reading a recording, as a Failure. */
export function diskFailure(thrown: unknown, recordingName: string): Failure {
  if (thrown instanceof Failure) {
    return thrown;
  }
  const code = codesOf(thrown)[0];
  const kind = kindsOfDiskCodes.get(code ?? '') ?? 'recordingUnreadable';
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new Failure(kind, message, { code, subject: recordingName, cause: thrown });
}
