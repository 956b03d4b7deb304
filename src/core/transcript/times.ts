import { readAmount } from './json';

/** A later time (about 30 years) is an error of the sender, not a place in a recording. */
const latestMs = 1e12;

/** A time in whole ms; null where it is missing or impossible. */
export function readTime(value: unknown): number | null {
  const ms = readAmount(value);
  return ms !== null && ms <= latestMs ? Math.round(ms) : null;
}
