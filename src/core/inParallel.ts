/**
 * Runs `work` for every item, for several at the same time.
 *
 * @param atOnce how many items are worked on at the same time, at least 1
 * @returns the results in the order of the items
 * @throws the first error of `work`; the other items are still worked on
 */
export async function inParallel<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results = new Map<number, R>();
  const waiting = items.entries();
  const workThrough = async (): Promise<void> => {
    // All share one iterator, so each item is taken once.
    for (const [index, item] of waiting) {
      results.set(index, await work(item));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, workThrough));
  return [...items.keys()].map((index) => results.get(index) as R);
}
