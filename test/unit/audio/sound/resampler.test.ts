import assert from 'node:assert/strict';
import fc from 'fast-check';
import { placeBefore, Resampler } from '../../../../src/audio/sound/resampler';
import { join32, signalToNoise } from '../signal';

const rates = [8000, 11_025, 16_000, 22_050, 22_254, 24_000, 32_000, 44_100, 48_000, 96_000, 192_000];

const tone = (hertz: number, rate: number, seconds = 1): Float32Array =>
  Float32Array.from({ length: Math.round(seconds * rate) }, (_, i) =>
    Math.sin((2 * Math.PI * hertz * i) / rate),
  );

function resample(input: Float32Array, from: number, to = 16_000): Float32Array {
  const resampler = new Resampler(from, to);
  return join32([resampler.push(input), resampler.finish()]);
}

describe('Resampler', () => {
  for (const rate of rates) {
    it(`puts each sample where it belongs, from ${rate} Hz`, () => {
      const output = resample(tone(1000, rate), rate);
      assert.equal(output.length, 16_000);
      assert.ok(signalToNoise(tone(1000, 16_000), output) > 75);
    });
  }

  it('keeps what can be heard at 16 kHz, and nothing of what cannot', () => {
    const power = (hertz: number) => {
      const heard = resample(tone(hertz, 44_100), 44_100).subarray(1600, 14_400);
      return 10 * Math.log10((2 * heard.reduce((sum, x) => sum + x * x, 0)) / heard.length);
    };
    assert.ok(Math.abs(power(6500)) < 0.1);
    assert.ok(power(8800) < -70);
    assert.ok(power(15_000) < -70);
  });

  it('computes no more than it needs where rates have nothing in common', () => {
    const input = tone(1000, 383_999, 0.01);
    assert.equal(resample(input, 383_999).length, Math.ceil((input.length * 16_000) / 383_999));
  });

  it('does not drift in an hour', () => {
    const resampler = new Resampler(44_100, 16_000);
    const second = new Float32Array(44_100);
    let length = 0;
    for (let i = 0; i < 60; i++) {
      length += resampler.push(second).length;
    }
    assert.equal(length + resampler.finish().length, 60 * 16_000);
  });

  it('gives the same whatever the blocks', () => {
    const input = tone(440, 22_050, 0.2);
    const whole = resample(input, 22_050);
    const cuts = fc.array(fc.nat(input.length), { maxLength: 10 });
    fc.assert(
      fc.property(cuts, (places) => {
        const bounds = [0, ...places.sort((a, b) => a - b), input.length];
        const resampler = new Resampler(22_050, 16_000);
        const parts = bounds.slice(1).map((end, i) => resampler.push(input.subarray(bounds[i], end)));
        assert.deepEqual(join32([...parts, resampler.finish()]), whole);
      }),
      { numRuns: 50 },
    );
  });

  it('has an output as long as its input', () => {
    fc.assert(
      fc.property(fc.constantFrom(...rates), fc.nat(5000), (rate, length) => {
        const output = resample(new Float32Array(length).fill(0.5), rate);
        assert.equal(output.length, Math.ceil((length * 16_000) / rate));
      }),
      { numRuns: 50 },
    );
  });

  for (const rate of [...rates, 1000, 44_101, 384_000]) {
    it(`gives the same samples when it begins in the middle, from ${rate} Hz`, () => {
      const input = tone(0.1 * rate, rate, 3).map((sample, i) => sample + Math.sin(i * i) / 4);
      const whole = resample(input, rate);
      for (const wanted of [0, 1, 777, 16_000, 23_456, 47_999]) {
        const begin = placeBefore(wanted, rate, 16_000);
        assert.ok(begin.output <= wanted && begin.output >= wanted - 17_000);
        const part = resample(input.subarray(begin.input), rate);
        assert.deepEqual(part.subarray(wanted - begin.output), whole.subarray(wanted));
      }
    });
  }
});
