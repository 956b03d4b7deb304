/** A target of a benchmark. */
export interface Target {
  /** What the target is, and possibly what was measured. */
  readonly text: string;
  readonly isMet: boolean;
}

/**
 * Prints for each target whether it was met.
 *
 * @returns the exit code of the benchmark: 0 if all targets were met, otherwise 1
 */
export function reportTargets(targets: readonly Target[]): number {
  for (const { text, isMet } of targets) {
    console.log(`${isMet ? 'met   ' : 'MISSED'} ${text}`);
  }
  return targets.every(({ isMet }) => isMet) ? 0 : 1;
}
