/** Something about options that the service would refuse, or that does not do what it seems to. */
export interface OptionProblem {
  /** An error is refused before anything is uploaded; a warning is told. */
  readonly severity: 'error' | 'warning';
  /** Name of the parameter, with dots for what lies inside of it: `speaker_options.max_speakers_expected`. */
  readonly parameter: string;
  /** A sentence for people. */
  readonly message: string;
}

/** What is known of the recording. */
export interface RecordingFacts {
  readonly sizeBytes?: number | undefined;
  readonly durationSeconds?: number | null | undefined;
}

/** Whether the service would refuse it. */
export function isError({ severity }: OptionProblem): boolean {
  return severity === 'error';
}

/** The problems with errors before warnings, otherwise in their order. */
export function errorsFirst(problems: readonly OptionProblem[]): readonly OptionProblem[] {
  return [...problems.filter(isError), ...problems.filter((problem) => !isError(problem))];
}
