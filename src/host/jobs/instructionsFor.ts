import { isDeepStrictEqual } from 'node:util';
import { hasTranscript, mayRunAtService, type Job } from '../../core/jobs/job';
import { defaultOptions, type Instructions } from '../../core/request/request';

/**
 * What a job that is chosen again is asked for; undefined where the service has it already with other options than
 * somebody chose. Plain *Transcribe* takes what there is.
 */
export function instructionsFor(known: Job, { instructions }: Job): Instructions | undefined {
  if (!mayRunAtService(known) && !hasTranscript(known)) {
    return instructions;
  }
  const { options } = known.instructions;
  const isWanted = [options, defaultOptions].some((each) => isDeepStrictEqual(each, instructions.options));
  const deleteAfterwards = known.instructions.deleteAfterwards || instructions.deleteAfterwards;
  return isWanted ? { options, deleteAfterwards } : undefined;
}
