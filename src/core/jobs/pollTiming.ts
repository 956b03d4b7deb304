const firstDelayMs = 1000;
const longestDelayMs = 15_000;
const growth = 1.3;
const jitter = 0.2;

/** Asking a server on this machine costs nobody anything, and it tells how far it is. */
export const localPollDelayMs = 400;

/**
 * How long to wait before asking again how a job stands. Most recordings are done within a minute, so it
 * begins at a second and grows to 15 s: far below AssemblyAI's limit of 20 000 requests in 5 minutes.
 *
 * @param asked how often has been asked already
 * @param random a number in [0, 1), so that many jobs do not ask in step
 */
export function pollDelayMs(asked: number, random: number): number {
  const delay = Math.min(longestDelayMs, firstDelayMs * growth ** asked);
  return Math.round(delay * (1 - jitter * random));
}
