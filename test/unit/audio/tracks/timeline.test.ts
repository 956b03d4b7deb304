import assert from 'node:assert/strict';
import { Placement } from '../../../../src/audio/tracks/placement';
import { onTimeline } from '../../../../src/audio/tracks/timeline';
import { collect, each } from '../signal';

const rate = 100;
const first = ([only]: readonly Float32Array[]): Float32Array => only ?? new Float32Array();

/** @param pieces when each begins, and its samples */
async function lay(...pieces: [number | undefined, number[]][]): Promise<number[]> {
  const given = each(...pieces.map(([at, samples]) => ({ at, channels: [Float32Array.from(samples)] })));
  return [...(await collect(onTimeline(given, new Placement(rate, 1), first)))];
}

const ones = (count: number) => Array.from({ length: count }, () => 1);
const zeros = (count: number) => Array.from({ length: count }, () => 0);

describe('onTimeline', () => {
  it('lays pieces in a row', async () => {
    assert.deepEqual(await lay([undefined, [1, 2]], [undefined, [3]]), [1, 2, 3]);
  });

  it('fills the time before a late track', async () => {
    assert.deepEqual(await lay([0.03, [1]]), [0, 0, 0, 1]);
  });

  it('drops what lies before the beginning', async () => {
    assert.deepEqual(await lay([-0.03, [1, 2]], [-0.01, [3, 4]], [0.01, [5]]), [4, 5]);
  });

  it('fills gaps', async () => {
    assert.deepEqual(await lay([0, [1]], [0.11, [2]]), [1, ...zeros(10), 2]);
  });

  it('takes no notice of times that are a little off', async () => {
    assert.deepEqual(await lay([0, ones(10)], [0.13, [2]], [0.09, [3]]), [...ones(10), 2, 3]);
  });

  it('drops what overlaps', async () => {
    assert.deepEqual(await lay([0, ones(20)], [0.1, zeros(10).concat([2])]), [...ones(20), 2]);
  });

  it('goes on where times start anew', async () => {
    assert.deepEqual(await lay([0, ones(200)], [0, [2]], [0.01, [3]]), [...ones(200), 2, 3]);
  });

  it('fills in no more than ten hours', async () => {
    assert.deepEqual(await lay([0, [1]], [1e9, [2]], [1e9 + 0.01, [3]]), [1, 2, 3]);
  });

  it('gives a second at a time', async () => {
    const lengths: number[] = [];
    const given = each({ at: 0.5, channels: [new Float32Array(220)] });
    for await (const block of onTimeline(given, new Placement(rate, 1), first)) {
      lengths.push(block.length);
    }
    assert.deepEqual(lengths, [100, 100, 70]);
  });
});
