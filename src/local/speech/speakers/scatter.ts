import type { Windows } from './windowList';

/** Windows this many steps apart hardly overlap. */
const stepsApart = 4;
const fewestSeconds = 1.5;
const mostSeconds = 1.6;
/** With so many pairs of windows, a recording's own scatter counts as much as what is usual. */
const usualPairs = 10;
/** Two neighbours may be two speakers: what is looked at is the nearer third of the pairs … */
const quantile = 0.35;
/** … and how much more the mean of one speaker is, as it was found in monologues. */
const meanToQuantile = 1.15;
/** How much of the scatter is evened out: 0 none, 1 all; see `voices.ts` for what it was tuned on. */
const evenedOut = 0.75;

/**
 * What to multiply the embeddings of a recording by, to make recordings alike in how much one voice scatters: a
 * telephone leaves less of a voice, so that speakers lie closer together and each scatters less; lively speech
 * scatters more. How much is seen from neighbouring windows, which are mostly of one speaker.
 *
 * @param windows long ones
 */
export function eveningFactor(windows: Windows): number {
  return scatter(windows) ** (-evenedOut / 2);
}

/** Variance of one voice within the recording, of all dimensions; 1 is usual. */
export function scatter(windows: Windows): number {
  const variances: number[] = [];
  let index = 0;
  for (const window of windows) {
    const next = windows.at(index++ + stepsApart);
    const seconds = next ? next.startSeconds - window.startSeconds : 0;
    if (next && seconds >= fewestSeconds && seconds <= mostSeconds) {
      variances.push(halfSquaredDistance(window.embedding, next.embedding));
    }
  }
  const pairs = variances.length;
  const typical = variances.sort((a, b) => a - b)[Math.floor(quantile * pairs)] ?? 0;
  return (typical * meanToQuantile * pairs + usualPairs) / (pairs + usualPairs);
}

/** Mean over the dimensions; for two draws of one distribution it is, on average, its variance. */
function halfSquaredDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  a.forEach((value, k) => (sum += (value - (b[k] ?? 0)) ** 2));
  return sum / (2 * a.length);
}
