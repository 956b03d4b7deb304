import assert from 'node:assert/strict';
import { agglomerate, condense } from '../../../../../src/local/speech/speakers/agglomeration';
import {
  sameVoiceScore,
  seedClusters,
  type Cluster,
} from '../../../../../src/local/speech/speakers/clusters';
import { betweenSpeakers, clusterAt, recordingOf, turnsOf, voiceOf } from './syntheticRecordings';

/** For clusters on a line: the closer, the better. */
const nearness = (a: Cluster, b: Cluster): number => -Math.abs((a.mean[0] ?? 0) - (b.mean[0] ?? 0));

describe('agglomerate', () => {
  it('merges the nearest clusters first, weighted by what is known about them', () => {
    const clusters = [0, 1, 5, 6.5, 20].map((at, i) => clusterAt([at], i === 1 ? 3 : 1));
    const merged = agglomerate(clusters, nearness, (_, count) => count <= 3);
    assert.deepEqual(
      merged.map(({ mean, weight }) => [mean[0], weight]),
      [
        [0.75, 4],
        [5.75, 2],
        [20, 1],
      ],
    );
  });

  it('stops when the next merge is not good enough', () => {
    const merged = agglomerate(
      [0, 1, 2, 10, 11].map((at) => clusterAt([at], 1)),
      nearness,
      (mergeScore) => mergeScore < -3,
    );
    assert.deepEqual(
      merged.map(({ mean }) => mean[0]),
      [1, 10.5],
    );
  });

  it('finds a new partner for clusters whose partner was merged into another', () => {
    // The right and the left cluster have the light one as their partner, which is then merged into the heavy one below it.
    const heavy = clusterAt([0, -1], 9);
    const [light, right, left] = [
      [0, 0],
      [0.85, 0.9],
      [-0.85, 0.9],
    ].map((at) => clusterAt(at, 1));
    const distance = (a: Cluster, b: Cluster): number =>
      -Math.hypot(...a.mean.map((value, k) => value - (b.mean[k] ?? 0)));
    const merged = agglomerate([heavy, light!, right!, left!], distance, (_, count) => count <= 2);
    assert.deepEqual(
      merged.map(({ mean }) => [...mean].map((value) => Math.round(value * 10) / 10)),
      [
        [0, -0.9],
        [0, 0.9],
      ],
    );
  });

  it('returns no clusters, or a single one, as they are', () => {
    assert.deepEqual(
      agglomerate([], nearness, () => false),
      [],
    );
    const one = clusterAt([1], 1);
    assert.deepEqual(
      agglomerate([one], nearness, () => false),
      [one],
    );
  });
});

describe('condense', () => {
  it('reduces the clusters of a long recording to a few of one voice each, with all of the speech', () => {
    const score = (a: Cluster, b: Cluster): number => sameVoiceScore(a, b, betweenSpeakers, 0.2);
    const voices = [voiceOf(1), voiceOf(2)];
    const seeds = seedClusters(recordingOf(turnsOf(voices, 240), 3));
    assert.ok(seeds.length > 600);
    const fewer = condense(seeds, score);
    assert.ok(fewer.length <= 200);
    const seconds = (clusters: readonly Cluster[]): number => clusters.reduce((sum, c) => sum + c.seconds, 0);
    assert.ok(Math.abs(seconds(fewer) - seconds(seeds)) < 1e-6);
    for (const { mean } of fewer) {
      const [a, b] = voices.map((voice) => Math.hypot(...voice.map((value, k) => value - (mean[k] ?? 0))));
      assert.ok(Math.min(a!, b!) < 0.5 * Math.max(a!, b!));
    }
  });
});
