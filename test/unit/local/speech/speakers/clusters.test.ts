import assert from 'node:assert/strict';
import {
  sameVoiceScore,
  seedClusters,
  type Cluster,
} from '../../../../../src/local/speech/speakers/clusters';
import { betweenSpeakers, clusterAt, recordingOf, voiceOf } from './syntheticRecordings';

const score = (a: Cluster, b: Cluster): number => sameVoiceScore(a, b, betweenSpeakers, 0.2);

describe('Clusters of voice windows', () => {
  it('score high if they lie close together and low if they lie far apart', () => {
    const [a, b] = [clusterAt(voiceOf(1), 5), clusterAt(voiceOf(2), 5)];
    assert.ok(score(a, a) > 20);
    assert.ok(score(a, b) < -20);
    assert.equal(score(a, b), score(b, a));
  });

  it('score less clearly the less is known about them', () => {
    const [a, b] = [voiceOf(1), voiceOf(2)];
    assert.ok(score(clusterAt(a, 1), clusterAt(b, 1)) > score(clusterAt(a, 5), clusterAt(b, 5)));
    assert.ok(score(clusterAt(a, 1), clusterAt(a, 1)) < score(clusterAt(a, 5), clusterAt(a, 5)));
    assert.equal(score(clusterAt(a, 10), clusterAt(b, 10)), score(clusterAt(a, 99), clusterAt(b, 99)));
  });

  it('start with windows that hardly overlap', () => {
    const windows = recordingOf([{ voice: voiceOf(1), seconds: 20 }], 7);
    const seeds = seedClusters(windows);
    assert.ok(seeds.length >= 15 && seeds.length <= windows.length / 2);
  });

  it('start with short windows only if there are no others', () => {
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
});
