import type { VoiceWindow, VoiceWindows } from './voiceWindows';

/** Voice windows that are taken for one voice. */
export interface Cluster {
  /** A plain array, because thousands of these come and go, and each small typed array has memory outside the heap. */
  readonly mean: readonly number[];
  /** How much is known about the voice: the number of independent windows that would tell as much. */
  readonly weight: number;
  /** Amount of speech. */
  readonly seconds: number;
}

/** More speech than this many windows does not make a mean more certain. */
const maxWeight = 10;

/**
 * Log-likelihood ratio: how much more likely it is that two clusters are one voice than two. Assumes normal distributions
 * between and within speakers: the PLDA model of Ioffe (2006), with the variance within a speaker whitened to 1.
 *
 * @param betweenSpeakers variance between speakers, for each dimension
 * @param drift variance of one speaker in one recording that more speech does not average out, such as mood or distance
 *   from the microphone; a larger drift makes two clusters more likely to be one voice
 */
export function sameVoiceScore(
  a: Cluster,
  b: Cluster,
  betweenSpeakers: readonly number[],
  drift: number,
): number {
  const within = 1 / Math.min(a.weight, maxWeight) + 1 / Math.min(b.weight, maxWeight) + 2 * drift;
  let ratios = 1;
  let distance = 0;
  for (let k = 0; k < betweenSpeakers.length; k++) {
    const both = 2 * (betweenSpeakers[k] ?? 0) + within;
    const difference = (a.mean[k] ?? 0) - (b.mean[k] ?? 0);
    ratios *= both / within;
    distance += difference * difference * (1 / within - 1 / both);
  }
  return (Math.log(ratios) - distance) / 2;
}

/** Merges two clusters into one. */
export function mergedCluster(a: Cluster, b: Cluster): Cluster {
  const weight = a.weight + b.weight;
  const mean = a.mean.map((value, k) => (value * a.weight + (b.mean[k] ?? 0) * b.weight) / weight);
  return { mean, weight, seconds: a.seconds + b.seconds };
}

/** A window at least this long tells enough about a voice to start a cluster. */
const minSeedSeconds = 0.8;
/** Windows overlap. Those that start this far apart are nearly independent. */
const seedStepSeconds = 0.78;
/** Measured weight of a window of 1.6 s. It is below 1 because neighbouring windows share sounds. */
const windowWeight = 0.6;

/**
 * Starts one cluster for every few windows, so that the windows hardly overlap. This is the first step of finding the
 * voices. Short windows count only if there are no long ones.
 */
export function seedClusters(windows: VoiceWindows): Cluster[] {
  const seeds: VoiceWindow[] = [];
  for (const window of windows) {
    const last = seeds.at(-1);
    if (!isLongEnough(window)) {
      continue;
    }
    if (!last || window.startSeconds - last.startSeconds >= seedStepSeconds) {
      seeds.push(window);
    }
  }
  return (seeds.length > 0 ? seeds : [...windows]).map((window) => {
    const seconds = window.endSeconds - window.startSeconds;
    return {
      mean: Array.from(window.embedding),
      weight: Math.max(0.3, (seconds / 1.6) * windowWeight),
      seconds: Math.min(0.8, seconds),
    };
  });
}

/** Whether a window tells enough about a voice to start a cluster, or to move one. */
export function isLongEnough(window: VoiceWindow): boolean {
  return window.endSeconds - window.startSeconds >= minSeedSeconds;
}
