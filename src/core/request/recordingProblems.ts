import { checkOptions } from './checkOptions';
import { errorsFirst, type OptionProblem, type RecordingFacts } from './rules/optionProblem';
import type { TranscriptOptions } from './request';

/** What is known of a recording that options are for. */
export interface NamedRecording {
  readonly name: string;
  readonly facts: RecordingFacts;
}

/**
 * What is wrong with options, by themselves and for these recordings. What is wrong with a recording whatever is asked
 * about it, such as that it is empty, is not among it: its own job says so, and does not stop the others.
 */
export function problemsFor(
  options: TranscriptOptions,
  recordings: readonly NamedRecording[],
): readonly OptionProblem[] {
  const general = checkOptions(options);
  const known = new Set(general.map(({ message }) => message));
  const isAsked = ({ parameter }: OptionProblem): boolean =>
    Object.hasOwn(options, parameter.replace(/[.[].*$/, ''));
  const special = recordings.flatMap(({ name, facts }) =>
    checkOptions(options, facts)
      .filter((problem) => !known.has(problem.message) && isAsked(problem))
      .map((problem) =>
        recordings.length > 1 ? { ...problem, message: `${name}: ${problem.message}` } : problem,
      ),
  );
  return errorsFirst([...general, ...special]);
}
