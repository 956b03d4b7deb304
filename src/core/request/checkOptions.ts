import type { TranscriptOptions } from './request';
import { errorsFirst, isError, type OptionProblem, type RecordingFacts } from './rules/optionProblem';
import { recordingRules } from './rules/recordingRules';
import { refusals } from './rules/refusals';
import { isBroken, type Rule } from './rules/rule';
import { warnings } from './rules/warnings';
import { optionsSchema } from './schema/optionsSchema';
import { schemaErrors, schemaWarnings } from './schemaProblems';

/** All rules about several parameters, or about the recording. The schema has the rules about single parameters. */
export const optionRules: readonly Rule[] = [...recordingRules, ...refusals, ...warnings];

/**
 * Checks options before they are sent.
 *
 * @param recording facts about the recording, where they are known
 * @returns the problems, errors first
 */
export function checkOptions(
  options: TranscriptOptions,
  recording: RecordingFacts = {},
): readonly OptionProblem[] {
  const broken = optionRules
    .filter((rule) => isBroken(rule, options, recording))
    .map(({ severity, parameter, message }) => ({ severity, parameter, message }));
  const refused = broken.filter(isError).map(({ parameter }) => parameter);
  return errorsFirst([
    ...schemaErrors(optionsSchema, options),
    ...broken,
    // A parameter that a rule refuses needs no warning that it is deprecated or unknown.
    ...schemaWarnings(optionsSchema, options).filter(({ parameter }) => !refused.includes(parameter)),
  ]);
}
