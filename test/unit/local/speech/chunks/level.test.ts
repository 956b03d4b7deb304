import assert from 'node:assert/strict';
import { atUsualLevel } from '../../../../../src/local/speech/chunks/level';

const rms = (samples: Float32Array) =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
const tone = (amplitude: number) =>
  Float32Array.from({ length: 1600 }, (_, i) => amplitude * Math.sin(i + 0.5));

describe('the level of a chunk', () => {
  for (const amplitude of [0.003, 0.1, 0.9]) {
    it(`is the same for speech of amplitude ${amplitude}`, () => {
      assert.ok(Math.abs(rms(atUsualLevel(tone(amplitude))) - 0.1) < 1e-4);
    });
  }

  it('does not count silence between parts', () => {
    const samples = new Float32Array(3200);
    samples.set(tone(0.01), 1600);
    assert.ok(Math.abs(rms(atUsualLevel(samples).subarray(1600)) - 0.1) < 1e-4);
  });

  it('never clips', () => {
    const samples = tone(0.001);
    samples[700] = 0.5;
    assert.ok(Math.abs(Math.max(...atUsualLevel(samples)) - 0.98) < 1e-6);
  });

  it('leaves silence silent, and hardly audible noise hardly audible', () => {
    assert.deepEqual(atUsualLevel(new Float32Array(10)), new Float32Array(10));
    assert.ok(rms(atUsualLevel(tone(1e-6))) < 1e-4);
  });
});
