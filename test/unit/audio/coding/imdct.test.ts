import assert from 'node:assert/strict';
import { Imdct } from '../../../../src/audio/coding/imdct';
import { lateRise, risingHalf } from '../../../../src/audio/codecs/aac/windowShapes';
import { seededRandom } from '../../../support/seededRandom';

/** By the definition of the standard. */
function imdctByDefinition(coefficients: Float32Array): Float64Array {
  const size = coefficients.length;
  return new Float64Array(2 * size).map((_, n) =>
    coefficients.reduce(
      (sum, value, k) => sum + (value / size) * Math.cos((Math.PI / size) * (n + (size + 1) / 2) * (k + 0.5)),
      0,
    ),
  );
}

describe('the inverse transform of AAC', () => {
  for (const size of [1024, 128, 960, 120]) {
    it(`is what the standard defines, for ${size} coefficients`, () => {
      const random = seededRandom(size);
      const coefficients = new Float32Array(size).map(() => random() - 0.5);
      const shifted = new Float32Array(size + 8);
      shifted.set(coefficients, 8);
      const samples = new Float64Array(2 * size);
      new Imdct(size).transform(shifted, 8, samples);
      imdctByDefinition(coefficients).forEach((expected, n) => {
        assert.ok(Math.abs(expected - samples[n]!) < 1e-12, `sample ${n}: ${samples[n]}, not ${expected}`);
      });
    });
  }
});

describe('the windows of AAC', () => {
  for (const shape of ['sine', 'kbd'] as const) {
    for (const length of [1024, 960, 128, 120]) {
      it(`let neighbouring frames cancel their aliases: ${shape}, ${length}`, () => {
        const rise = risingHalf(shape, length);
        const halves = length > 512 ? [rise, lateRise(risingHalf(shape, length / 8), length)] : [rise];
        for (const half of halves) {
          half.forEach((value, n) => {
            assert.ok(Math.abs(value ** 2 + half[length - 1 - n]! ** 2 - 1) < 1e-12);
          });
        }
      });
    }
  }

  it('rise between short and long ones only where the short one does', () => {
    const rise = lateRise(Float64Array.of(0.25, 0.75), 6);
    assert.deepEqual([...rise], [0, 0, 0.25, 0.75, 1, 1]);
  });

  it('have the shapes of the standard', () => {
    // Kaiser-Bessel derived windows, as decoders that hold them as tables print them.
    assert.ok(Math.abs(risingHalf('kbd', 1024)[0]! - 0.00029256153896361) < 1e-10);
    assert.ok(Math.abs(risingHalf('kbd', 128)[0]! - 0.000043795702929169) < 1e-10);
  });
});
