import { Failure } from '../failures/failure';
import { checkOptions } from '../request/checkOptions';
import { isError, type OptionProblem } from '../request/rules/optionProblem';
import type { Job } from './job';
import type { SpeechApi } from './speechApi';
import type { Payload } from './jobFiles';

/**
 * Refuses options that the service would refuse for any recording, before anything is done.
 * @throws Failure `optionsRefused`
 */
export function expectGoodOptions({ instructions, recording }: Job): void {
  const message = errorsIn(checkOptions(instructions.options));
  if (message !== '') {
    throw new Failure('optionsRefused', message, { subject: recording.name });
  }
}

/**
 * Refuses a recording that AssemblyAI would refuse with these options, before a byte of it is sent. The service on this
 * machine accepts any recording.
 *
 * @throws Failure `recordingRefused`
 */
export function expectGoodRecording(job: Job, { file }: Payload, { local }: SpeechApi): void {
  const { durationSeconds, instructions, recording } = job;
  const facts = { sizeBytes: file.sizeBytes, durationSeconds };
  const message = local === undefined ? errorsIn(checkOptions(instructions.options, facts)) : '';
  if (message !== '') {
    throw new Failure('recordingRefused', message, { subject: recording.name });
  }
}

function errorsIn(problems: readonly OptionProblem[]): string {
  return problems
    .filter(isError)
    .map(({ message }) => message)
    .join(' ');
}
