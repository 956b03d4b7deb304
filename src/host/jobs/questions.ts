import type { Job } from '../../core/jobs/job';
import { ask, offer } from '../messages';
import type { JobQuestions } from './jobs';
import type { Transcriber } from './transcriber';

/** The questions of the jobs, put to the user of this window. */
export function createQuestions(transcriber: () => Transcriber): JobQuestions {
  return {
    askToForget,
    offerToContinue: (jobs) => void offerToContinue(jobs, transcriber()),
    present: (outcome) => void transcriber().present(outcome),
  };
}

const leave = 'Leave Running';
const forget = 'Forget';

/** Closing the question loses nothing: then the jobs can be collected. */
async function askToForget(jobs: readonly Job[]): Promise<boolean> {
  const [what, they] = nameOf(jobs);
  const detail = [
    `That cannot be taken back: ${they} on, and will be billed.`,
    `${leave}: collect the transcript later, in the Transcripts view or by transcribing the recording again.`,
    `${forget}: Steno lets go of it, and the transcript stays at the service only.`,
  ];
  return (await ask(`${what} submitted already.`, detail.join('\n\n'), leave, forget)) === forget;
}

async function offerToContinue(jobs: readonly Job[], transcriber: Transcriber): Promise<void> {
  const [what] = nameOf(jobs);
  const go = {
    label: 'Continue',
    press: () => transcriber.retry(jobs.map(({ id }) => id)),
  };
  await offer('information', `${what} not uploaded completely when VS Code ended.`, [go]);
}

/** `talk.mp3 is`, `it runs`; `3 recordings are`, `they run`. */
function nameOf(jobs: readonly Job[]): readonly [what: string, they: string] {
  const [only] = jobs;
  return jobs.length === 1 && only !== undefined
    ? [`${only.recording.name} is`, 'it runs']
    : [`${jobs.length} recordings are`, 'they run'];
}
