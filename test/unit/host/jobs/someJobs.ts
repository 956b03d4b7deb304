import type { Job } from '../../../../src/core/jobs/job';
import { jobId } from '../../../../src/host/journal/journal';
import { defaultInstructions } from '../../../../src/core/request/request';

const service = 'https://api.assemblyai.com';

/** A job that is chosen and not begun; each number is another recording. */
export function jobNumber(number: number, changes: Partial<Job> = {}): Job {
  const name = `talk-${number}.mp3`;
  const recording = { path: `/talks/${name}`, name, sizeBytes: number, modifiedMs: 7 };
  return {
    id: jobId(recording, service),
    service,
    recording,
    durationSeconds: 60,
    notePath: `/talks/talk-${number}.transcript.md`,
    instructions: defaultInstructions,
    force: false,
    batch: null,
    chosenMs: 1,
    changedMs: 1,
    stage: { phase: 'waiting' },
    halt: null,
    ...changes,
  };
}
