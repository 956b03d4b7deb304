/** Does the work for every item, some at once, and gives the results in the order of the items. */
export async function inParallel<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results = new Map<number, R>();
  const waiting = items.entries();
  const take = async (): Promise<void> => {
    // One iterator for all: each item is taken once.
    for (const [index, item] of waiting) {
      results.set(index, await work(item));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, take));
  return [...items.keys()].map((index) => results.get(index) as R);
}
