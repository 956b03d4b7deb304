import { mergedCluster, type Cluster } from './clusters';

/** How good it is to merge two clusters; symmetric, higher is better. */
export type MergeScore = (a: Cluster, b: Cluster) => number;

/** Whether to stop before the next merge, given the score of that merge and the number of clusters before it. */
export type StopRule = (score: number, clusterCount: number) => boolean;

/**
 * Repeatedly merges the two clusters with the best score, until `stop` returns true or one cluster remains
 * (agglomerative clustering). Takes time and memory in proportion to the square of the number of clusters.
 */
export function agglomerate(clusters: readonly Cluster[], score: MergeScore, stop: StopRule): Cluster[] {
  const candidates = new MergeCandidates(clusters, score);
  for (;;) {
    const best = candidates.best();
    if (!best || stop(best.score, candidates.clusterCount)) {
      return candidates.clusters();
    }
    candidates.merge(best.row);
  }
}

/** With more clusters than this, stretches of the recording are agglomerated on their own first. */
const maxClustersAtOnce = 600;
const blockSize = 200;

/** Reduces the clusters of a long recording, stretch by stretch, to a number that `agglomerate` can afford. */
export function condense(clusters: readonly Cluster[], score: MergeScore): readonly Cluster[] {
  if (clusters.length <= maxClustersAtOnce) {
    return clusters;
  }
  const condensed: Cluster[] = [];
  for (let from = 0; from < clusters.length; from += blockSize) {
    const block = clusters.slice(from, from + blockSize);
    condensed.push(...agglomerate(block, score, (_, clusterCount) => clusterCount <= blockSize / 10));
  }
  return condense(condensed, score);
}

/** The scores of all pairs of clusters, and the best partner of each cluster. */
class MergeCandidates {
  /** How many clusters there are now. */
  clusterCount: number;
  /** Undefined once the cluster was merged into another. */
  private readonly slots: (Cluster | undefined)[];
  private readonly score: MergeScore;
  private readonly scores: Float32Array;
  /** Index of the best partner of each cluster; -1 if it has none. */
  private readonly partners: Int32Array;

  constructor(clusters: readonly Cluster[], score: MergeScore) {
    const size = clusters.length;
    this.clusterCount = size;
    this.slots = [...clusters];
    this.score = score;
    this.scores = new Float32Array(size * size).fill(-Infinity);
    this.partners = new Int32Array(size).fill(-1);
    for (let row = 0; row < size; row++) {
      this.rate(row, row);
    }
    for (let row = 0; row < size; row++) {
      this.findPartner(row);
    }
  }

  /** The clusters as they are now. */
  clusters(): Cluster[] {
    return this.slots.filter((cluster) => cluster !== undefined);
  }

  /** The cluster that has the best partner, with the score of the pair. */
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

  /** Merges a cluster with its best partner. */
  merge(row: number): void {
    const gone = this.partners[row] ?? -1;
    const [into, from] = [this.slots[row], this.slots[gone]];
    if (!into || !from) {
      return;
    }
    this.slots[row] = mergedCluster(into, from);
    this.slots[gone] = undefined;
    this.partners[gone] = -1;
    this.clusterCount--;
    this.clearScores(gone);
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

  /** Scores a cluster against all clusters before the index `end`. */
  private rate(row: number, end: number): void {
    const own = this.slots[row];
    for (let other = 0; other < end; other++) {
      const cluster = this.slots[other];
      if (own && cluster && other !== row) {
        this.setScore(row, other, this.score(own, cluster));
      }
    }
  }

  private clearScores(row: number): void {
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
