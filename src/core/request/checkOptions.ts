import { errorsFirst, isError, type OptionProblem, type RecordingFacts } from './rules/optionProblem';
import type { TranscriptOptions } from './request';
import { recordingRules } from './rules/recordingRules';
import { refusals } from './rules/refusals';
import { isBroken, type Rule } from './rules/rule';
import { warnings } from './rules/warnings';
import { optionsSchema } from './schema/optionsSchema';
import { schemaWarnings, schemaErrors } from './schemaProblems';

/** The table: what options must not be, beyond the type and the range of each parameter. */
export const optionRules: readonly Rule[] = [...recordingRules, ...refusals, ...warnings];

/** What is wrong with options, errors first; [] when nothing is. */
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
    // What is refused for a reason of its own need not be called old or unknown as well.
    ...schemaWarnings(optionsSchema, options).filter(({ parameter }) => !refused.includes(parameter)),
  ]);
}
