import { checkOptions } from './checkOptions';
import type { TranscriptOptions } from './request';
import { errorsFirst, type OptionProblem, type RecordingFacts } from './rules/optionProblem';

/** A recording that options are checked for. */
export interface NamedRecording {
  /** Name to be shown. */
  readonly name: string;
  readonly facts: RecordingFacts;
}

/**
 * Checks options by themselves and for these recordings. Problems of a recording that no option causes, such as that it
 * is empty, are left out: they fail its own job, and must not stop the others.
 *
 * @returns the problems, errors first; with several recordings, messages about one of them begin with its name
 */
export function problemsFor(
  options: TranscriptOptions,
  recordings: readonly NamedRecording[],
): readonly OptionProblem[] {
  const general = checkOptions(options);
  const known = new Set(general.map(({ message }) => message));
  const isOptionSet = ({ parameter }: OptionProblem): boolean =>
    Object.hasOwn(options, parameter.split(/[.[]/, 1)[0] ?? '');
  const ofRecordings = recordings.flatMap(({ name, facts }) =>
    checkOptions(options, facts)
      .filter((problem) => !known.has(problem.message) && isOptionSet(problem))
      .map((problem) =>
        recordings.length > 1 ? { ...problem, message: `${name}: ${problem.message}` } : problem,
      ),
  );
  return errorsFirst([...general, ...ofRecordings]);
}
