import { asFailure, Failure, type FailureFacts } from '../../core/failures/failure';
import type { Job } from '../../core/jobs/job';
import { codeOf } from '../../node/errorCode';

/**
 * Does something with the journal, and makes any error of the disk a failure of the journal.
 *
 * @param about the job or the facts that tell a user what the failure is about
 * @throws Failure `journalUnwritable`, or the one that the action throws
 */
export async function asJournal<T>(
  about: Job | FailureFacts | undefined,
  action: () => Promise<T>,
): Promise<T> {
  try {
    return await action();
  } catch (thrown) {
    if (thrown instanceof Failure) {
      throw thrown;
    }
    const facts = about === undefined || !('stage' in about) ? about : factsOf(about);
    const { message } = asFailure(thrown);
    throw new Failure('journalUnwritable', message, { ...facts, code: codeOf(thrown), cause: thrown });
  }
}

/** Which job a failure is about, and whether it is paid for. */
function factsOf({ recording, stage }: Job): FailureFacts {
  return {
    subject: recording.name,
    transcriptId: 'transcriptId' in stage ? stage.transcriptId : undefined,
  };
}

/** @param name of the recording */
export function takenOver(name: string | undefined): Failure {
  return new Failure('takenOver', 'Another window has the job', { subject: name });
}
