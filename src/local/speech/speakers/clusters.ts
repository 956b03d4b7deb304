import type { SpeakerWindow, Windows } from './windowList';

/** Windows taken for one voice. */
export interface Cluster {
  /** A plain array, since thousands of these come and go: each small typed array has memory of its own outside the heap. */
  readonly mean: readonly number[];
  /** How much is known of the voice, in windows that would be independent of each other. */
  readonly weight: number;
  /** Speech in it. */
  readonly seconds: number;
}

/** More speech than this many windows makes a mean no surer. */
const surestWeight = 10;

/**
 * Log of how much likelier it is that two clusters are one voice than two, with normal distributions between and
 * within speakers (a PLDA model, Ioffe 2006, with the within-speaker variance whitened to 1).
 *
 * @param betweenSpeakers variance between speakers, for each dimension
 * @param drift variance of one speaker in one recording that more speech does not average out: mood, distance from
 *   the microphone; the larger it is, the sooner two clusters are taken for one voice
 */
export function sameVoiceScore(
  a: Cluster,
  b: Cluster,
  betweenSpeakers: readonly number[],
  drift: number,
): number {
  const within = 1 / Math.min(a.weight, surestWeight) + 1 / Math.min(b.weight, surestWeight) + 2 * drift;
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

/** One cluster of two. */
function joined(a: Cluster, b: Cluster): Cluster {
  const weight = a.weight + b.weight;
  const mean = a.mean.map((value, k) => (value * a.weight + (b.mean[k] ?? 0) * b.weight) / weight);
  return { mean, weight, seconds: a.seconds + b.seconds };
}

/** How good it is to join two clusters; symmetric. */
export type JoinScore = (a: Cluster, b: Cluster) => number;

/** Answers whether to stop before the next join, which would be of two clusters with this score. */
export type StopRule = (score: number, clusters: number) => boolean;

/** Joins the two clusters that score best until told to stop; time and memory go with the square of their number. */
export function agglomerate(clusters: readonly Cluster[], score: JoinScore, stop: StopRule): Cluster[] {
  const joins = new Joins(clusters, score);
  for (;;) {
    const best = joins.best();
    if (!best || stop(best.score, joins.left)) {
      return joins.clusters();
    }
    joins.join(best.row);
  }
}

/** All pairs of clusters with their scores, and for each cluster its best partner. */
class Joins {
  /** Undefined where a cluster went into another. */
  private readonly slots: (Cluster | undefined)[];
  private readonly score: JoinScore;
  private readonly scores: Float32Array;
  /** Index of the best partner; -1 without any. */
  private readonly partners: Int32Array;
  left: number;

  constructor(clusters: readonly Cluster[], score: JoinScore) {
    const size = clusters.length;
    this.slots = [...clusters];
    this.score = score;
    this.scores = new Float32Array(size * size).fill(-Infinity);
    this.partners = new Int32Array(size).fill(-1);
    this.left = size;
    for (let row = 0; row < size; row++) {
      this.rate(row, row);
    }
    for (let row = 0; row < size; row++) {
      this.findPartner(row);
    }
  }

  clusters(): Cluster[] {
    return this.slots.filter((cluster) => cluster !== undefined);
  }

  /** The cluster whose best join is the best of all. */
  best(): { row: number; score: number } | undefined {
    let best: { row: number; score: number } | undefined;
    this.partners.forEach((partner, row) => {
      if (partner < 0) {
        return;
      }
      const score = this.scoreOf(row, partner);
      if (!best || score > best.score) {
        best = { row, score };
      }
    });
    return best;
  }

  /** Joins a cluster and its best partner. */
  join(row: number): void {
    const gone = this.partners[row] ?? -1;
    const [into, from] = [this.slots[row], this.slots[gone]];
    if (!into || !from) {
      return;
    }
    this.slots[row] = joined(into, from);
    this.slots[gone] = undefined;
    this.partners[gone] = -1;
    this.left--;
    this.forget(gone);
    this.rate(row, this.slots.length);
    this.partners.forEach((partner, other) => {
      if (partner < 0) {
        return;
      }
      if (other === row || partner === row || partner === gone) {
        this.findPartner(other);
      } else if (this.scoreOf(other, row) > this.scoreOf(other, partner)) {
        this.partners[other] = row;
      }
    });
  }

  private scoreOf(row: number, other: number): number {
    return this.scores[row * this.slots.length + other] ?? -Infinity;
  }

  private setScore(row: number, other: number, score: number): void {
    const size = this.slots.length;
    this.scores[row * size + other] = score;
    this.scores[other * size + row] = score;
  }

  /** Scores a cluster with all before that index. */
  private rate(row: number, end: number): void {
    const own = this.slots[row];
    for (let other = 0; other < end; other++) {
      const cluster = this.slots[other];
      if (own && cluster && other !== row) {
        this.setScore(row, other, this.score(own, cluster));
      }
    }
  }

  private forget(row: number): void {
    for (let other = 0; other < this.slots.length; other++) {
      this.setScore(row, other, -Infinity);
    }
  }

  private findPartner(row: number): void {
    const size = this.slots.length;
    const scores = this.scores.subarray(row * size, (row + 1) * size);
    let partner = -1;
    let best = -Infinity;
    scores.forEach((score, other) => {
      if (score > best) {
        best = score;
        partner = other;
      }
    });
    this.partners[row] = partner;
  }
}

/** Windows at least this long say enough of a voice to begin a cluster. */
const fullSeconds = 0.8;
/** Windows overlap; those this far apart are nearly independent. */
const seedStepSeconds = 0.78;
/** What a window of 1.6 s weighs, as it was measured: neighbours share the sounds that are spoken. */
const windowWeight = 0.6;

/** Clusters of one window each, the first step of finding the voices; without long windows, of all windows. */
export function seedClusters(windows: Windows): Cluster[] {
  const seeds: SpeakerWindow[] = [];
  for (const window of windows) {
    const last = seeds.at(-1);
    if (!isFull(window)) {
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

export function isFull(window: SpeakerWindow): boolean {
  return window.endSeconds - window.startSeconds >= fullSeconds;
}

/** With more clusters than this, parts of the recording are joined by themselves first. */
const mostAtOnce = 600;
const blockSize = 200;

/** Brings a long recording down to a number of clusters whose square is affordable, a stretch of it at a time. */
export function condensed(clusters: readonly Cluster[], score: JoinScore): readonly Cluster[] {
  if (clusters.length <= mostAtOnce) {
    return clusters;
  }
  const shorter: Cluster[] = [];
  for (let from = 0; from < clusters.length; from += blockSize) {
    const block = clusters.slice(from, from + blockSize);
    shorter.push(...agglomerate(block, score, (_, left) => left <= blockSize / 10));
  }
  return condensed(shorter, score);
}
