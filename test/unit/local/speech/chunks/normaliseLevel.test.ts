import assert from 'node:assert/strict';
import { normaliseLevel } from '../../../../../src/local/speech/chunks/normaliseLevel';

const rms = (samples: Float32Array) =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
const tone = (amplitude: number) =>
  Float32Array.from({ length: 1600 }, (_, i) => amplitude * Math.sin(i + 0.5));

describe('normaliseLevel', () => {
  for (const amplitude of [0.003, 0.1, 0.9]) {
    it(`brings speech of amplitude ${amplitude} to the target level`, () => {
      assert.ok(Math.abs(rms(normaliseLevel(tone(amplitude))) - 0.1) < 1e-4);
    });
  }

  it('ignores silence between parts', () => {
    const samples = new Float32Array(3200);
    samples.set(tone(0.01), 1600);
    assert.ok(Math.abs(rms(normaliseLevel(samples).subarray(1600)) - 0.1) < 1e-4);
  });

  it('never exceeds the highest peak', () => {
    const samples = tone(0.001);
    samples[700] = 0.5;
    assert.ok(Math.abs(Math.max(...normaliseLevel(samples)) - 0.98) < 1e-6);
  });

  it('leaves silence silent, and barely audible noise barely audible', () => {
    assert.deepEqual(normaliseLevel(new Float32Array(10)), new Float32Array(10));
    assert.ok(rms(normaliseLevel(tone(1e-6))) < 1e-4);
  });
});
