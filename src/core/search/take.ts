/** The first `count` items; fewer where there are fewer. The items may be endless. */
export function take<T>(items: Iterable<T>, count: number): T[] {
  const first: T[] = [];
  for (const item of items) {
    if (first.length === count) {
      break;
    }
    first.push(item);
  }
  return first;
}
