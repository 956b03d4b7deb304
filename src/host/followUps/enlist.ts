import { asFailure } from '../../core/failures/failure';
import type { FollowUp } from '../../core/followUps/followUp';
import type { FollowUps } from './followUps';
import type { Log } from '../../core/ports';

/** Puts all on the list that can be, and never rejects: one that cannot is logged. Resolves with whether all are on it. */
export async function enlist(
  followUps: Pick<FollowUps, 'add'>,
  all: readonly FollowUp[],
  log: Pick<Log, 'error'>,
): Promise<boolean> {
  let isComplete = true;
  for (const followUp of all) {
    try {
      await followUps.add(followUp);
    } catch (thrown) {
      isComplete = false;
      log.error(`Not on the list: ${followUp.transcriptId}: ${asFailure(thrown).message}`);
    }
  }
  return isComplete;
}
