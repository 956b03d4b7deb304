import type { SpeakerBounds } from '../heard/speech';
import { agglomerate, condensed, isFull, sameVoiceScore, seedClusters } from './clusters';
import type { Cluster, JoinScore } from './clusters';
import type { Windows } from './windowList';

// What follows was tuned, together with `scatter.ts`, on 300 recordings of 30 to 120 s made of the real speech of 25
// people (prompts of telephone systems in six languages, actors of a game, readers, a radio talk), as they are, over
// telephones, and in rooms. The number of voices is found in 74 of 75 monologues, in 0.82, 0.80 and 0.95 of the dialogues
// of two, 0.75, 0.55 and 0.75 of those of three, and 0.73, 0.47 and 0.53 of those of four; what is wrong is mostly too few.
// With uneven scatter, a drift of 0.4 and no regard for little speech it was 68 of 75; 0.65, 0.65, 0.70; 0.65, 0.35, 0.40;
// 0.53, 0.13, 0.27.

/** Variance of one voice that more of its speech does not average out, where 1 is that of a window. */
const drift = 0.2;
/** As many groups are certainly enough for all voices, which are then found by joining groups. */
const certainGroups = 14;
/** Groups are joined while it is e^1.5 times as likely that they are of one voice. */
const sameVoice = 1.5;
/** Little speech is rather somebody in another mood than somebody else: what joining gains with no speech at all … */
const littleSpeechGain = 60;
/** … and from where on speech is not little: in seconds, and of all speech. */
const enoughSeconds = 10;
const enoughShare = 0.2;
/** Who says less is nobody: laughter, noise. */
const leastSeconds = 2;
const leastShare = 0.03;
const refinements = 10;

/** A voice of the recording: its mean embedding. */
export type Voice = readonly number[];

/** The voices heard in a recording, at least one when there is any window. */
export function findVoices(
  windows: Windows,
  betweenSpeakers: readonly number[],
  bounds: SpeakerBounds,
): readonly Voice[] {
  const close: JoinScore = (a, b) => sameVoiceScore(a, b, betweenSpeakers, drift);
  const seeds = condensed(seedClusters(windows), close);
  const groups = agglomerate(seeds, close, (_, left) => left <= Math.max(certainGroups, bounds.min));
  const enough = Math.min(enoughSeconds, enoughShare * totalSeconds(seeds));
  const loose: JoinScore = (a, b) =>
    close(a, b) + littleSpeechGain * Math.max(0, 1 - Math.min(a.seconds, b.seconds) / enough);
  const voices = heard(agglomerate(groups, loose, (score) => score < sameVoice));
  const wanted = Math.max(bounds.min, Math.min(bounds.max, voices.length));
  const clusters = wanted === voices.length ? voices : joinedToNumber(groups, loose, wanted);
  return refined(
    clusters.map(({ mean }) => mean),
    windows,
  );
}

/** So many voices, and as few clusters beside them that are nobody as possible. */
function joinedToNumber(groups: readonly Cluster[], score: JoinScore, wanted: number): readonly Cluster[] {
  for (let number = wanted; number < groups.length; number++) {
    const voices = heard(agglomerate(groups, score, (_, left) => left <= number));
    if (voices.length >= wanted) {
      return voices;
    }
  }
  return agglomerate(groups, score, (_, left) => left <= wanted);
}

function totalSeconds(clusters: readonly Cluster[]): number {
  return clusters.reduce((sum, { seconds }) => sum + seconds, 0);
}

/** The clusters that are somebody. */
function heard(clusters: readonly Cluster[]): readonly Cluster[] {
  const least = Math.max(leastSeconds, leastShare * totalSeconds(clusters));
  return clusters.filter(({ seconds }) => seconds >= least);
}

/** Moves each voice to the mean of the windows nearest to it (k-means). */
function refined(voices: readonly Voice[], windows: Windows): readonly Voice[] {
  let moved = voices;
  for (let round = 0; round < refinements; round++) {
    const sums = moved.map((voice) => ({ sum: new Array<number>(voice.length).fill(0), count: 0 }));
    for (const window of windows) {
      const { embedding } = window;
      const own = isFull(window) ? sums[nearest(embedding, moved)] : undefined;
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
