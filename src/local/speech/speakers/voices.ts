import type { SpeakerBounds } from '../speech';
import { agglomerate, condensed, isFull, sameVoiceScore, seedClusters } from './clusters';
import type { Cluster, JoinScore } from './clusters';
import type { SpeakerWindow } from './windows';

/** Variance of one voice that more of its speech does not average out, where 1 is that of a window. */
const drift = 0.2;
/** As many groups are certainly enough for all voices, which are then found by joining groups. */
const certainGroups = 14;
/** Groups are joined while it is e^2.5 times as likely that they are of one voice. */
const sameVoice = 2.5;
/** Little speech is rather somebody in another mood than somebody else: what joining gains with no speech at all … */
const littleSpeechGain = 60;
/** … and from where on speech is not little: in seconds, and of all speech. */
const enoughSeconds = 8;
const enoughShare = 0.2;
/** Who says less is nobody: laughter, noise. */
const leastSeconds = 2;
const leastShare = 0.05;
const refinements = 3;

/** A voice of the recording: its mean embedding. */
export type Voice = Float64Array;

/** The voices heard in a recording, the most heard first; at least one when there is any window. */
export function findVoices(
  windows: readonly SpeakerWindow[],
  betweenSpeakers: readonly number[],
  bounds: SpeakerBounds,
): readonly Voice[] {
  const close: JoinScore = (a, b) => sameVoiceScore(a, b, betweenSpeakers, drift);
  const seeds = condensed(seedClusters(windows), close);
  const groups = agglomerate(seeds, close, (_, left) => left <= Math.max(certainGroups, bounds.min));
  const enough = Math.min(enoughSeconds, enoughShare * totalSeconds(seeds));
  const clusters = agglomerate(
    groups,
    (a, b) => close(a, b) + littleSpeechGain * Math.max(0, 1 - Math.min(a.seconds, b.seconds) / enough),
    (score, left) => left <= bounds.min || (left <= bounds.max && score < sameVoice),
  );
  return refined(
    heard(clusters, bounds.min).map(({ mean }) => mean),
    windows,
  );
}

function totalSeconds(clusters: readonly Cluster[]): number {
  return clusters.reduce((sum, { seconds }) => sum + seconds, 0);
}

/** The clusters that are somebody, the most heard first. */
function heard(clusters: readonly Cluster[], fewest: number): readonly Cluster[] {
  const least = Math.max(leastSeconds, leastShare * totalSeconds(clusters));
  const voices = clusters.filter(({ seconds }) => seconds >= least).length;
  return [...clusters].sort((a, b) => b.seconds - a.seconds).slice(0, Math.max(1, fewest, voices));
}

/** Moves each voice to the mean of the windows nearest to it (k-means). */
function refined(voices: readonly Voice[], windows: readonly SpeakerWindow[]): readonly Voice[] {
  let moved = voices;
  for (let round = 0; round < refinements; round++) {
    const sums = moved.map((voice) => ({ sum: new Float64Array(voice.length), count: 0 }));
    for (const { embedding } of windows.filter(isFull)) {
      const own = sums[nearest(embedding, moved)];
      if (!own) continue;
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

/** Index of the voice that is nearest. */
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

/** Log-likelihood of a window for each voice, up to what is common to all. */
export function logLikelihoods(embedding: Float32Array, voices: readonly Voice[]): readonly number[] {
  return voices.map((voice) => -squaredDistance(embedding, voice) / 2 / (1 + drift));
}
