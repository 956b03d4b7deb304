/** A problem of options: the service would refuse them, or they do not do what they seem to. */
export interface OptionProblem {
  /** With an error, nothing is sent; a warning is only shown. */
  readonly severity: 'error' | 'warning';
  /** Name of the parameter, with dots for nested ones: `speaker_options.max_speakers_expected`. */
  readonly parameter: string;
  /** A sentence that users can read. */
  readonly message: string;
}

/** What is known about the recording; what is not known breaks no rule. */
export interface RecordingFacts {
  readonly sizeBytes?: number | undefined;
  readonly durationSeconds?: number | null | undefined;
}

/** Whether a problem is an error rather than a warning. */
export function isError({ severity }: OptionProblem): boolean {
  return severity === 'error';
}

/** Sorts errors before warnings, and otherwise keeps the order. */
export function errorsFirst(problems: readonly OptionProblem[]): readonly OptionProblem[] {
  return [...problems.filter(isError), ...problems.filter((problem) => !isError(problem))];
}
