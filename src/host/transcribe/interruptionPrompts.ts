import { asFailure } from '../../core/failures/failure';
import type { Job } from '../../core/jobs/job';
import type { JobsListener } from '../jobs/jobs';
import { askBeforeLoss, notify } from '../platform/userMessages';
import { reportFailure } from '../platform/reportFailure';
import type { Transcriber } from './transcriber';

const leaveRunning = 'Leave Running';
const forget = 'Forget';

/**
 * Asks the user whether to forget jobs that run on at the service. Closing the question loses nothing: the jobs can
 * still be collected.
 */
export async function askToForget(jobs: readonly Job[]): Promise<boolean> {
  const [what, they] = nameOf(jobs);
  const detail = [
    `This cannot be undone: ${they} on, and will be billed.`,
    `${leaveRunning}: collect the transcript later, in the Transcripts view or by transcribing the recording again.`,
    `${forget}: Steno lets go of it, and the transcript stays at the service only. Transcribing the recording again is billed again.`,
  ];
  return askBeforeLoss(`${what} submitted already.`, detail.join('\n\n'), {
    safe: leaveRunning,
    lose: forget,
  });
}

/** Tells the user what jobs report that no caller waits for. */
export function createJobsListener(transcriber: Transcriber): JobsListener {
  return {
    interrupted: (jobs) => unattended(() => offerToContinue(jobs, transcriber)),
    ended: (outcome) => unattended(() => transcriber.showUnattended(outcome)),
  };
}

/** Does work that no caller waits for, and reports its failure here. */
function unattended(work: () => Promise<void>): void {
  const attempt = async (): Promise<void> => {
    try {
      await work();
    } catch (thrown) {
      await reportFailure(asFailure(thrown), attempt);
    }
  };
  void attempt();
}

async function offerToContinue(jobs: readonly Job[], transcriber: Transcriber): Promise<void> {
  const [what] = nameOf(jobs);
  const button = {
    label: 'Continue',
    press: () => transcriber.retry(jobs.map(({ id }) => id)),
  };
  await notify('information', `${what} not uploaded completely when VS Code ended.`, [button]);
}

/** `talk.mp3 is`, `it runs`; `3 recordings are`, `they run`. */
function nameOf(jobs: readonly Job[]): readonly [what: string, they: string] {
  const [only] = jobs;
  return jobs.length === 1 && only !== undefined
    ? [`${only.recording.name} is`, 'it runs']
    : [`${jobs.length} recordings are`, 'they run'];
}
