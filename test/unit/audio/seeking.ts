import assert from 'node:assert/strict';
import type { Sound } from '../../../src/audio/sound/sound';
import { sampleRate } from '../../../src/audio/sound/sound';
import { seededRandom } from '../../support/seededRandom';
import { collect, join32 } from './signal';

/** Samples that are compared behind each start. */
const heardSamples = 1.2 * sampleRate;

/** The samples of a sound from a second on, no more than so many. */
export async function samplesFrom(
  sound: Sound,
  seconds: number,
  count = heardSamples,
  channel: number | 'mix' = 'mix',
): Promise<Float32Array> {
  const blocks: Float32Array[] = [];
  let length = 0;
  for await (const block of sound.samples(channel, seconds)) {
    blocks.push(block);
    length += block.length;
    if (length >= count) {
      break;
    }
  }
  return join32(blocks).subarray(0, count);
}

/** How far what is heard from the middle differs from the same in all that is heard: 0, or the noise in dB of full scale. */
export interface Difference {
  readonly seconds: number;
  readonly noise: number;
}

/** Compares starts in the middle with what is decoded from the beginning. */
export async function differences(
  sound: Sound,
  starts: number,
  more: readonly number[] = [],
): Promise<Difference[]> {
  const all = await collect(sound.samples('mix'));
  const random = seededRandom(starts);
  const seconds = Array.from({ length: starts }, () => (random() * all.length) / sampleRate);
  const found: Difference[] = [];
  for (const start of [...seconds, ...more, all.length / sampleRate - 0.3]) {
    const from = Math.round(start * sampleRate);
    const heard = await samplesFrom(sound, start);
    const wanted = all.subarray(from, from + heardSamples);
    assert.equal(heard.length, wanted.length, `samples from ${start} s on`);
    const energy = heard.reduce((sum, sample, i) => sum + (sample - wanted[i]!) ** 2, 0);
    found.push({ seconds: start, noise: energy === 0 ? 0 : 10 * Math.log10(energy / heard.length) });
  }
  return found;
}

export async function assertExact(sound: Sound, starts: number, more?: readonly number[]): Promise<void> {
  const differing = (await differences(sound, starts, more)).filter(({ noise }) => noise !== 0);
  assert.deepEqual(differing, []);
}
