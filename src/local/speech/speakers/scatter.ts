import type { VoiceWindows } from './voiceWindows';

/** Long windows this many steps apart hardly overlap. */
const stepsApart = 4;
const minSecondsApart = 1.5;
const maxSecondsApart = 1.6;
/** With this many pairs of windows, the recording's own scatter counts as much as the usual one. */
const usualPairs = 10;
/** The two windows of a pair can be of two speakers, so the estimate uses this quantile of their distances … */
const quantile = 0.35;
/** … and multiplied by the ratio of mean to quantile that was found in monologues. */
const meanToQuantile = 1.15;
/** How much of the difference in scatter is corrected: 0 none, 1 all. Tuned together with the values in `voices.ts`. */
const correctedShare = 0.75;

/**
 * Factor by which to multiply the embeddings of a recording, so that one voice scatters similarly in all recordings. A
 * telephone removes much of a voice, so that each speaker scatters less and speakers lie closer together; in lively speech
 * each speaker scatters more.
 *
 * @param windows long windows
 */
export function scatterCorrection(windows: VoiceWindows): number {
  return scatter(windows) ** (-correctedShare / 2);
}

/**
 * Variance of one voice within a recording, as a mean over all dimensions; 1 is usual. Estimated from neighbouring windows,
 * which are mostly of one speaker.
 *
 * @param windows long windows
 */
export function scatter(windows: VoiceWindows): number {
  const variances: number[] = [];
  let index = 0;
  for (const window of windows) {
    const next = windows.at(index++ + stepsApart);
    const seconds = next ? next.startSeconds - window.startSeconds : 0;
    if (next && seconds >= minSecondsApart && seconds <= maxSecondsApart) {
      variances.push(halfSquaredDistance(window.embedding, next.embedding));
    }
  }
  const pairs = variances.length;
  const typical = variances.sort((a, b) => a - b)[Math.floor(quantile * pairs)] ?? 0;
  return (typical * meanToQuantile * pairs + usualPairs) / (pairs + usualPairs);
}

/** Mean over the dimensions. For two draws from one distribution, its expected value is the variance. */
function halfSquaredDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  a.forEach((value, k) => (sum += (value - (b[k] ?? 0)) ** 2));
  return sum / (2 * a.length);
}
