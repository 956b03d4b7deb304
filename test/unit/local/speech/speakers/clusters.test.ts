import assert from 'node:assert/strict';
import {
  agglomerate,
  type Cluster,
  condensed,
  sameVoiceScore,
  seedClusters,
} from '../../../../../src/local/speech/speakers/clusters';
import { betweenSpeakers, recordingOf, turnsOf, voiceOf } from './recordings';

const score = (a: Cluster, b: Cluster): number => sameVoiceScore(a, b, betweenSpeakers, 0.2);

function clusterAt(voice: readonly number[], weight: number): Cluster {
  return { mean: voice, weight, seconds: weight };
}

/** On a line, where near is good. */
const nearness = (a: Cluster, b: Cluster): number => -Math.abs((a.mean[0] ?? 0) - (b.mean[0] ?? 0));

describe('clusters of windows', () => {
  it('score high where they lie together and low where they lie apart', () => {
    const [a, b] = [clusterAt(voiceOf(1), 5), clusterAt(voiceOf(2), 5)];
    assert.ok(score(a, a) > 20);
    assert.ok(score(a, b) < -20);
    assert.equal(score(a, b), score(b, a));
  });

  it('score less clearly the less is known of them', () => {
    const [a, b] = [voiceOf(1), voiceOf(2)];
    assert.ok(score(clusterAt(a, 1), clusterAt(b, 1)) > score(clusterAt(a, 5), clusterAt(b, 5)));
    assert.ok(score(clusterAt(a, 1), clusterAt(a, 1)) < score(clusterAt(a, 5), clusterAt(a, 5)));
    assert.equal(score(clusterAt(a, 10), clusterAt(b, 10)), score(clusterAt(a, 99), clusterAt(b, 99)));
  });

  it('are joined nearest first, weighted by what is known of them', () => {
    const left = [0, 1, 5, 6.5, 20].map((at, i) => clusterAt([at], i === 1 ? 3 : 1));
    const joined = agglomerate(left, nearness, (_, count) => count <= 3);
    assert.deepEqual(
      joined.map(({ mean, weight }) => [mean[0], weight]),
      [
        [0.75, 4],
        [5.75, 2],
        [20, 1],
      ],
    );
  });

  it('are joined until the next join is not good enough', () => {
    const joined = agglomerate(
      [0, 1, 2, 10, 11].map((at) => clusterAt([at], 1)),
      nearness,
      (next) => next < -3,
    );
    assert.deepEqual(
      joined.map(({ mean }) => mean[0]),
      [1, 10.5],
    );
  });

  it('find their partners anew when those have gone into another', () => {
    // The two at the right and left had the light one for their partner, which goes down to the heavy one.
    const heavy = clusterAt([0, -1], 9);
    const [light, right, left] = [
      [0, 0],
      [0.85, 0.9],
      [-0.85, 0.9],
    ].map((at) => clusterAt(at, 1));
    const distance = (a: Cluster, b: Cluster): number =>
      -Math.hypot(...a.mean.map((value, k) => value - (b.mean[k] ?? 0)));
    const joined = agglomerate([heavy, light!, right!, left!], distance, (_, count) => count <= 2);
    assert.deepEqual(
      joined.map(({ mean }) => [...mean].map((value) => Math.round(value * 10) / 10)),
      [
        [0, -0.9],
        [0, 0.9],
      ],
    );
  });

  it('of nothing and of one are left as they are', () => {
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

  it('begin with windows that hardly overlap', () => {
    const windows = recordingOf([{ voice: voiceOf(1), seconds: 20 }], 7);
    const seeds = seedClusters(windows);
    assert.ok(seeds.length >= 15 && seeds.length <= windows.length / 2);
  });

  it('begin with short windows only where there are no others', () => {
    const short = { startSeconds: 0, endSeconds: 0.5, embedding: Float32Array.of(1) };
    const long = { startSeconds: 1, endSeconds: 2.6, embedding: Float32Array.of(2) };
    assert.deepEqual(
      seedClusters([short, long]).map(({ mean }) => mean[0]),
      [2],
    );
    assert.deepEqual(
      seedClusters([short]).map(({ mean }) => mean[0]),
      [1],
    );
  });

  it('of a long recording are brought down to few, which keep all of the speech and are of one voice each', () => {
    const voices = [voiceOf(1), voiceOf(2)];
    const seeds = seedClusters(recordingOf(turnsOf(voices, 240), 3));
    assert.ok(seeds.length > 600);
    const fewer = condensed(seeds, score);
    assert.ok(fewer.length <= 200);
    const seconds = (clusters: readonly Cluster[]): number => clusters.reduce((sum, c) => sum + c.seconds, 0);
    assert.ok(Math.abs(seconds(fewer) - seconds(seeds)) < 1e-6);
    for (const { mean } of fewer) {
      const [a, b] = voices.map((voice) => Math.hypot(...voice.map((value, k) => value - (mean[k] ?? 0))));
      assert.ok(Math.min(a!, b!) < 0.5 * Math.max(a!, b!));
    }
  });
});
