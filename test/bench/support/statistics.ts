/** The value below which a share of the numbers lies, from 0 to 1; NaN without numbers. */
export function quantile(numbers: readonly number[], share: number): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(share * numbers.length)] ?? NaN;
}

/** The middle one of the numbers; NaN without numbers. */
export function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5);
}
