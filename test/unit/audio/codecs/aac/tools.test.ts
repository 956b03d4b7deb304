import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bandsFor } from '../../../../../src/audio/codecs/aac/bands';
import type { ChannelPair } from '../../../../../src/audio/codecs/aac/channelPair';
import type { ChannelStream } from '../../../../../src/audio/codecs/aac/channelStream';
import { forEachSpan, type IcsInfo } from '../../../../../src/audio/codecs/aac/icsInfo';
import { NoiseSource } from '../../../../../src/audio/codecs/aac/noise';
import { addPulses } from '../../../../../src/audio/codecs/aac/pulses';
import { applyIntensity, applyMidSide } from '../../../../../src/audio/codecs/aac/stereo';
import { applyTns } from '../../../../../src/audio/codecs/aac/tns';

/** Four windows with one band each, in two groups: the band counted as 0 has one window, band 1 has three. */
const info: IcsInfo = {
  windowSequence: 'short',
  windowShape: 'sine',
  windowLength: 4,
  bands: { offsets: [0, 2, 4], tnsLimit: 1 },
  maxBand: 1,
  groups: [1, 3],
};

function stream(books: number[], scales: number[], value = 0): ChannelStream {
  return {
    info,
    books: Uint8Array.from(books),
    scales: Float32Array.from(scales),
    tns: [],
    spectrum: new Float32Array(16).fill(value),
  };
}

function pair(left: ChannelStream, right: ChannelStream, used: number[], isByBand = true): ChannelPair {
  return { left, right, midSide: { used: Uint8Array.from(used), isByBand } };
}

describe('forEachSpan', () => {
  it('visits the bands of each group, and of each band its windows', () => {
    const spans: number[][] = [];
    forEachSpan({ ...info, maxBand: 2 }, (...span) => spans.push(span));
    assert.deepEqual(spans, [
      [0, 0, 2],
      [1, 2, 4],
      [2, 4, 6],
      [2, 8, 10],
      [2, 12, 14],
      [3, 6, 8],
      [3, 10, 12],
      [3, 14, 16],
    ]);
  });
});

describe('middle and side', () => {
  it('become left and right where they are used', () => {
    const { left, right } = pair(stream([1, 1], [1, 1], 5), stream([1, 1], [1, 1], 2), [0, 1]);
    applyMidSide(pair(left, right, [0, 1]));
    assert.deepEqual([...left.spectrum], [5, 5, 5, 5, 7, 7, 5, 5, 7, 7, 5, 5, 7, 7, 5, 5]);
    assert.deepEqual([...right.spectrum], [2, 2, 2, 2, 3, 3, 2, 2, 3, 3, 2, 2, 3, 3, 2, 2]);
  });

  it('stay as they are in bands of noise and intensity', () => {
    const left = stream([13, 1], [1, 1], 5);
    const right = stream([1, 15], [1, 1], 2);
    applyMidSide(pair(left, right, [1, 1]));
    assert.ok(left.spectrum.every((value) => value === 5) && right.spectrum.every((value) => value === 2));
  });
});

describe('intensity', () => {
  for (const [what, book, used, isByBand, factor] of [
    ['in phase', 15, 0, true, 0.5],
    ['out of phase', 14, 0, true, -0.5],
    ['in phase, turned by the mask', 15, 1, true, -0.5],
    ['out of phase, turned by the mask', 14, 1, true, 0.5],
    ['in phase, with a mask of all bands', 15, 1, false, 0.5],
  ] as const) {
    it(`makes the right channel of the left one: ${what}`, () => {
      const right = stream([book, 1], [0.5, 1], 3);
      applyIntensity(pair(stream([1, 1], [1, 1], 8), right, [used, used], isByBand));
      assert.deepEqual([...right.spectrum.subarray(0, 6)], [8 * factor, 8 * factor, 3, 3, 3, 3]);
    });
  }
});

describe('noise', () => {
  const long: IcsInfo = {
    ...info,
    windowSequence: 'long',
    windowLength: 1024,
    bands: bandsFor(44_100, 1024).long,
    maxBand: 49,
    groups: [1],
  };
  const noisy = (scale: number): ChannelStream => ({
    info: long,
    books: new Uint8Array(49).fill(13),
    scales: new Float32Array(49).fill(scale),
    tns: [],
    spectrum: new Float32Array(1024),
  });

  function energies({ spectrum }: ChannelStream): number[] {
    const { offsets } = long.bands;
    return offsets
      .slice(1)
      .map((end, i) => spectrum.subarray(offsets[i], end).reduce((sum, value) => sum + value ** 2, 0));
  }

  it('has the energy that was coded, in each band', () => {
    const noise = noisy(3);
    new NoiseSource().fill(noise);
    energies(noise).forEach((energy) => assert.ok(Math.abs(energy - 9) < 1e-4));
  });

  it('differs from channel to channel, but where middle and side are signalled', () => {
    const [left, right] = [noisy(2), noisy(6)];
    const used = new Uint8Array(49).fill(1, 0, 25);
    new NoiseSource().fillPair({ left, right, midSide: { used, isByBand: true } });
    const end = long.bands.offsets[25]!;
    left.spectrum.forEach((value, k) => {
      assert.equal(Math.abs(right.spectrum[k]! - 3 * value) < 1e-4, k < end, `coefficient ${k}`);
    });
    energies(right).forEach((energy) => assert.ok(Math.abs(energy - 36) < 1e-3));
  });

  it('is the same each time', () => {
    const [first, second] = [noisy(1), noisy(1)];
    new NoiseSource().fill(first);
    new NoiseSource().fill(second);
    assert.deepEqual(first.spectrum, second.spectrum);
  });
});

describe('pulses', () => {
  it('add up, away from zero', () => {
    const quantised = Int32Array.of(3, -3, 0, 1);
    addPulses(
      [
        { coefficient: 0, amplitude: 2 },
        { coefficient: 1, amplitude: 2 },
        { coefficient: 2, amplitude: 2 },
        { coefficient: 2, amplitude: 1 },
      ],
      quantised,
    );
    assert.deepEqual([...quantised], [5, -5, -3, 1]);
  });
});

describe('temporal noise shaping', () => {
  it('undoes a filter along the spectrum, upward and downward', () => {
    const coefficients = fc.array(fc.double({ min: -0.2, max: 0.2, noNaN: true }), {
      minLength: 1,
      maxLength: 4,
    });
    const values = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 10, maxLength: 30 });
    fc.assert(
      fc.property(coefficients, values, fc.boolean(), (prediction, original, isDownward) => {
        const ordered = isDownward ? original.toReversed() : original;
        const filtered = ordered.map((value, n) =>
          prediction.reduce((sum, coefficient, i) => sum + coefficient * (ordered[n - 1 - i] ?? 0), value),
        );
        const spectrum = Float32Array.from([7, ...(isDownward ? filtered.toReversed() : filtered), 7]);
        applyTns(
          { start: 1, end: original.length + 1, isDownward, prediction: Float64Array.from(prediction) },
          spectrum,
        );
        [7, ...original, 7].forEach((value, k) => assert.ok(Math.abs(value - spectrum[k]!) < 0.01));
      }),
    );
  });
});
