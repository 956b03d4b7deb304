/** Something that lies in a file and has a time. */
export interface Dated {
  /** Of its first byte. */
  readonly position: number;
  /** In any unit. */
  readonly time: number;
}

/** A stretch that is short enough to be gone over from its beginning. */
const shortBytes = 2 ** 16;

/**
 * Looks for the last thing of a kind that is not later than a time, in a file where they lie in the order of their times. Some
 * may come between it and what is found, but they lie within some blocks of the file.
 *
 * @param next finds the first of these that begins at or behind a place and before another; undefined when there is none
 * @param from, to of the file, where to look
 * @returns undefined when none of those that were looked at is early enough
 */
export async function bisect<T extends Dated>(
  next: (from: number, to: number) => Promise<T | undefined>,
  time: number,
  from: number,
  to: number,
): Promise<T | undefined> {
  let found: T | undefined;
  let low = from;
  let high = to;
  while (high - low > shortBytes) {
    const middle = low + Math.floor((high - low) / 2);
    const candidate = await next(middle, high);
    if (candidate && candidate.time <= time) {
      found = candidate;
      low = Math.max(candidate.position, low + 1);
    } else {
      high = middle;
    }
  }
  return found;
}
