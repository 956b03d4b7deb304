const longestDelayMs = 15_000;
/** The part of a wait by which its end may be noticed later: after a minute, two seconds do not matter. */
const share = 1 / 30;
const jitter = 0.2;

/** Shorter recordings are done within about a minute, and their user may be waiting at the screen. */
const shortSeconds = 5 * 60;
const shortestDelayMs = { short: 1000, long: 3000 };

/** A job that is held back cannot be done soon: other jobs come first. */
const heldBack = { shortestDelayMs: 5000, share: 1 / 6 };

const firstDelayMs = 2000;
/** A job that was submitted longer ago is likely to be done. */
const resumedAfterMs = 60_000;

/** Polling a server on this machine costs nothing, and it tells how far it is. */
export const localPollDelayMs = 400;

/** What the wait before the next poll depends on. */
export interface PollWait {
  /** Since the submit, or since the job was first seen processing, ms. */
  readonly elapsedMs: number;
  /** Of the recording; null where it is not known, which is taken for short. */
  readonly durationSeconds: number | null;
  /** Whether it waits for other jobs of the account. */
  readonly isHeldBack: boolean;
}

/**
 * How long to wait before the next poll of a job, at most 15 s. It grows with the wait, so that the end of a short
 * recording is noticed within a second, and a long one costs few requests.
 *
 * @param random a number in [0, 1), so that many jobs are not polled in step
 */
export function pollDelayMs({ elapsedMs, durationSeconds, isHeldBack }: PollWait, random: number): number {
  const isShort = durationSeconds === null || durationSeconds < shortSeconds;
  const usual = { shortestDelayMs: isShort ? shortestDelayMs.short : shortestDelayMs.long, share };
  const pace = isHeldBack ? heldBack : usual;
  return jittered(Math.max(pace.shortestDelayMs, elapsedMs * pace.share), random);
}

/**
 * How long to wait before the first poll: no job is done at once, unless it was submitted long ago.
 *
 * @param elapsedMs since the submit
 */
export function firstPollDelayMs(elapsedMs: number, random: number): number {
  return elapsedMs > resumedAfterMs ? 0 : jittered(firstDelayMs, random);
}

/** Only ever sooner, since the promised delay is an upper bound. */
function jittered(delayMs: number, random: number): number {
  return Math.round(Math.min(longestDelayMs, delayMs) * (1 - jitter * random));
}
