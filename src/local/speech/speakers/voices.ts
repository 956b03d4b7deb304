import type { SpeakerCountRange } from '../../recognition/recogniser';
import { agglomerate, condense, type MergeScore } from './agglomeration';
import { isLongEnough, sameVoiceScore, seedClusters, type Cluster } from './clusters';
import type { VoiceWindows } from './voiceWindows';

// The values below were tuned, together with those in `scatter.ts`, on 300 recordings of 30 to 120 s. They were made from
// real speech of 25 people (prompts of telephone systems in six languages, actors in a game, readers, a radio talk): clean,
// over telephones, and in rooms. The number of voices is right in 74 of 75 monologues. With two voices it is right in 82,
// 80 and 95 % (clean, telephone, room), with three in 75, 55 and 75 %, with four in 73, 47 and 53 %; mistakes are mostly
// too few voices. Without the scatter correction and the bonus for little speech, and with a drift of 0.4, it was right in
// 68 of 75; in 65, 65 and 70 %; in 65, 35 and 40 %; and in 53, 13 and 27 %.

/** Variance of one voice that more speech does not average out; the variance of a single window is 1. */
const drift = 0.2;
/** More groups than a recording is likely to have voices. The voices are found by merging these groups. */
const groupCount = 14;
/** Groups are merged while it is at least e^1.5 times more likely that they are one voice than two. */
const minMergeScore = 1.5;
/** Bonus for merging a group with hardly any speech: it is more likely a known speaker in another mood than a new one. */
const littleSpeechBonus = 60;
/** A group with this much speech gets no bonus: in seconds, and as a share of all speech. The lower value counts. */
const enoughSeconds = 10;
const enoughShare = 0.2;
/** A cluster with less speech than this is not a voice but laughter or noise: in seconds, and as a share of all speech. */
const minVoiceSeconds = 2;
const minVoiceShare = 0.03;
const refinementRounds = 10;

/** A voice in a recording: the mean embedding of its windows. */
export type Voice = readonly number[];

/**
 * Finds the voices in a recording.
 *
 * @param windows long windows, scaled by `scatterCorrection`
 * @param betweenSpeakers variance between speakers, for each dimension
 * @returns at least one voice if there are any windows
 */
export function findVoices(
  windows: VoiceWindows,
  betweenSpeakers: readonly number[],
  range: SpeakerCountRange,
): readonly Voice[] {
  const voiceScore: MergeScore = (a, b) => sameVoiceScore(a, b, betweenSpeakers, drift);
  const seeds = condense(seedClusters(windows), voiceScore);
  const groups = agglomerate(
    seeds,
    voiceScore,
    (_, clusterCount) => clusterCount <= Math.max(groupCount, range.min),
  );
  const enough = Math.min(enoughSeconds, enoughShare * totalSeconds(seeds));
  const scoreWithBonus: MergeScore = (a, b) =>
    voiceScore(a, b) + littleSpeechBonus * Math.max(0, 1 - Math.min(a.seconds, b.seconds) / enough);
  const voices = withEnoughSpeech(agglomerate(groups, scoreWithBonus, (score) => score < minMergeScore));
  const wanted = Math.max(range.min, Math.min(range.max, voices.length));
  const clusters = wanted === voices.length ? voices : mergedToCount(groups, scoreWithBonus, wanted);
  return refined(
    clusters.map(({ mean }) => mean),
    windows,
  );
}

/** Merges groups until as many voices remain as wanted, with as few clusters of laughter and noise beside them as possible. */
function mergedToCount(groups: readonly Cluster[], score: MergeScore, wanted: number): readonly Cluster[] {
  for (let count = wanted; count < groups.length; count++) {
    const voices = withEnoughSpeech(agglomerate(groups, score, (_, clusterCount) => clusterCount <= count));
    if (voices.length >= wanted) {
      return voices;
    }
  }
  return agglomerate(groups, score, (_, clusterCount) => clusterCount <= wanted);
}

function totalSeconds(clusters: readonly Cluster[]): number {
  return clusters.reduce((sum, { seconds }) => sum + seconds, 0);
}

/** The clusters that have enough speech to be a voice. */
function withEnoughSpeech(clusters: readonly Cluster[]): readonly Cluster[] {
  const minSeconds = Math.max(minVoiceSeconds, minVoiceShare * totalSeconds(clusters));
  return clusters.filter(({ seconds }) => seconds >= minSeconds);
}

/** Moves each voice to the mean of the windows that are nearest to it (k-means). */
function refined(voices: readonly Voice[], windows: VoiceWindows): readonly Voice[] {
  let moved = voices;
  for (let round = 0; round < refinementRounds; round++) {
    const sums = moved.map((voice) => ({ sum: new Array<number>(voice.length).fill(0), count: 0 }));
    for (const window of windows) {
      const { embedding } = window;
      const own = isLongEnough(window) ? sums[nearest(embedding, moved)] : undefined;
      if (!own) {
        continue;
      }
      own.count++;
      embedding.forEach((value, k) => (own.sum[k] = (own.sum[k] ?? 0) + value));
    }
    moved = moved.map((voice, i) => {
      const { sum, count } = sums[i] ?? { sum: voice, count: 0 };
      return count > 0 ? sum.map((value) => value / count) : voice;
    });
  }
  return moved;
}

/** Index of the nearest voice. */
function nearest(embedding: Float32Array, voices: readonly Voice[]): number {
  const distances = voices.map((voice) => squaredDistance(embedding, voice));
  return distances.indexOf(Math.min(...distances));
}

function squaredDistance(embedding: Float32Array, voice: Voice): number {
  let sum = 0;
  for (let k = 0; k < voice.length; k++) {
    const difference = (embedding[k] ?? 0) - (voice[k] ?? 0);
    sum += difference * difference;
  }
  return sum;
}

/** Log-likelihood of a window for each voice, up to a constant that is the same for all voices. */
export function logLikelihoods(embedding: Float32Array, voices: readonly Voice[]): readonly number[] {
  return voices.map((voice) => -squaredDistance(embedding, voice) / 2 / (1 + drift));
}
