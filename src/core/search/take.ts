/** The first so many of things that may be endless. */
export function take<T>(things: Iterable<T>, count: number): T[] {
  const first: T[] = [];
  for (const thing of things) {
    if (first.length === count) {
      break;
    }
    first.push(thing);
  }
  return first;
}
