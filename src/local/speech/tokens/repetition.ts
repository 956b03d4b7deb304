/** A loop repeats the same tokens at least this often … */
const minRepeats = 3;
/** … and is at least this many tokens long in total. */
const minLoopTokens = 6;
const maxPeriod = 24;
/** A person who repeats a word needs at least this many frames (48 ms) for it. */
const minAdvance = 2;

/**
 * Notices when a greedy decoder is caught in a loop: it repeats itself and keeps attending to the same frames. People
 * repeat themselves, too, but then the attention moves on.
 *
 * @param attendedFrames for each token the frame with the most attention
 * @returns how many tokens to keep, which includes the repeated ones once; undefined if there is no loop
 */
export function lengthWithoutLoop(
  tokens: readonly number[],
  attendedFrames: readonly number[],
): number | undefined {
  for (let period = 1; period <= maxPeriod; period++) {
    const repeats = Math.max(minRepeats, Math.ceil(minLoopTokens / period));
    const start = periodicFrom(tokens, period);
    if (
      start <= tokens.length - period * repeats &&
      meanAdvance(attendedFrames, period, repeats) < minAdvance
    ) {
      return start + period;
    }
  }
  return undefined;
}

/** First index of the longest tail in which every token equals the one a period later. */
function periodicFrom(tokens: readonly number[], period: number): number {
  let start = Math.max(0, tokens.length - period);
  while (start > 0 && tokens[start - 1] === tokens[start - 1 + period]) {
    start--;
  }
  return start;
}

/** By how many frames the attention moves from one repeat to the next, on average over the last repeats. */
function meanAdvance(attendedFrames: readonly number[], period: number, repeats: number): number {
  const sum = (from: number) =>
    attendedFrames.slice(from, from + period).reduce((total, frame) => total + frame, 0);
  const end = attendedFrames.length - period;
  return (sum(end) - sum(end - period * (repeats - 1))) / period / (repeats - 1);
}
