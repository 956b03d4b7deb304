import { asFailure } from '../../core/failures/failure';
import type { Job } from '../../core/jobs/job';
import { reportFailure } from '../platform/reportFailure';
import { askWithSafeDefault, notify } from '../platform/userMessages';
import type { JobQuestions } from '../jobs/jobs';
import type { Transcriber } from './transcriber';

/** The questions of the jobs, put to the user of this window. */
export function createQuestions(transcriber: () => Transcriber): JobQuestions {
  return {
    askToForget,
    offerToContinue: (jobs) => unattended(() => offerToContinue(jobs, transcriber())),
    present: (outcome) => unattended(() => transcriber().present(outcome)),
  };
}

/** Does what nobody waits for; what goes wrong with it is told here. */
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

const leave = 'Leave Running';
const forget = 'Forget';

/** Closing the question loses nothing: then the jobs can be collected. */
async function askToForget(jobs: readonly Job[]): Promise<boolean> {
  const [what, they] = nameOf(jobs);
  const detail = [
    `That cannot be taken back: ${they} on, and will be billed.`,
    `${leave}: collect the transcript later, in the Transcripts view or by transcribing the recording again.`,
    `${forget}: Steno lets go of it, and the transcript stays at the service only. Transcribing the recording again is billed again.`,
  ];
  return askWithSafeDefault(`${what} submitted already.`, detail.join('\n\n'), leave, forget);
}

async function offerToContinue(jobs: readonly Job[], transcriber: Transcriber): Promise<void> {
  const [what] = nameOf(jobs);
  const go = {
    label: 'Continue',
    press: () => transcriber.retry(jobs.map(({ id }) => id)),
  };
  await notify('information', `${what} not uploaded completely when VS Code ended.`, [go]);
}

/** `talk.mp3 is`, `it runs`; `3 recordings are`, `they run`. */
function nameOf(jobs: readonly Job[]): readonly [what: string, they: string] {
  const [only] = jobs;
  return jobs.length === 1 && only !== undefined
    ? [`${only.recording.name} is`, 'it runs']
    : [`${jobs.length} recordings are`, 'they run'];
}
