/** Something in a file that has a time, such as a page or a frame. */
export interface Dated {
  /** Where its first byte lies in the file. */
  readonly position: number;
  /** Its time, in any unit. */
  readonly time: number;
}

/** The search ends at a stretch this short, which is quick to read. */
const shortBytes = 2 ** 16;

/**
 * Searches a file in which things lie in the order of their times, by halving.
 *
 * @param next finds the first of them between two places of the file; undefined when there is none
 * @param time the latest that may be found
 * @param from, to where to search
 * @returns the last of them that is early enough, or one shortly before it; undefined when the first ones are too late
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
