/** How often something has to come in a row … */
const leastTimes = 3;
/** … and how many tokens that has to make. */
const leastTokens = 6;
const longestPeriod = 24;
/** So many frames (48 ms) pass at least from one word to the next when a person says it again. */
const leastAdvance = 2;

/**
 * Notices that a greedy decoder has run into a circle: it says the same again and again and goes on listening to the same place.
 * People repeat themselves, too, but then it listens to one place after the other.
 *
 * @param places frame that each token has most to do with
 * @returns how many of the tokens there are up to the end of what is repeated, said once; undefined when it is no circle
 */
export function circleStart(tokens: readonly number[], places: readonly number[]): number | undefined {
  for (let period = 1; period <= longestPeriod; period++) {
    const times = Math.max(leastTimes, Math.ceil(leastTokens / period));
    const start = firstOfPeriod(tokens, period);
    if (start <= tokens.length - period * times && advance(places, period, times) < leastAdvance) {
      return start + period;
    }
  }
  return undefined;
}

/** From where on every token is the one a period before. */
function firstOfPeriod(tokens: readonly number[], period: number): number {
  let start = Math.max(0, tokens.length - period);
  while (start > 0 && tokens[start - 1] === tokens[start - 1 + period]) {
    start--;
  }
  return start;
}

/** By how many frames the places of the last times lie apart, each from the one before, on average. */
function advance(places: readonly number[], period: number, times: number): number {
  const sum = (from: number) => places.slice(from, from + period).reduce((total, place) => total + place, 0);
  const end = places.length - period;
  return (sum(end) - sum(end - period * (times - 1))) / period / (times - 1);
}
