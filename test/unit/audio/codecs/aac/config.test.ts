import assert from 'node:assert/strict';
import fc from 'fast-check';
import { AacError } from '../../../../../src/audio/codecs/aac/aacError';
import { parseAudioSpecificConfig } from '../../../../../src/audio/codecs/aac/config';
import { BitWriter } from './bitWriter';
import { audioSpecificConfig, samplingFrequencies } from './streams';

function channelsOf(config: Uint8Array): number[][] {
  return parseAudioSpecificConfig(config).elements.map(({ channels }) => [...channels]);
}

/** Front: a single one and a pair; back: a single one; LFE. */
function programConfig(): BitWriter {
  return new BitWriter()
    .write(0, 4 + 2 + 4)
    .write(2, 4)
    .write(0, 4)
    .write(1, 4)
    .write(1, 2)
    .write(1, 3)
    .write(0, 4)
    .write(0, 1)
    .write(1, 1)
    .write(0, 4)
    .write(1, 1)
    .write(0, 3)
    .write(0b0_0011, 5)
    .write(0b1_0000, 5)
    .write(0b0_0101, 5)
    .write(0b0001, 4)
    .write(0, 4);
}

describe('parseAudioSpecificConfig', () => {
  it('reads what phones and ffmpeg write for stereo at 44.1 kHz', () => {
    const config = parseAudioSpecificConfig(Uint8Array.of(0x12, 0x10));
    assert.equal(config.sampleRate, 44_100);
    assert.equal(config.samplesPerFrame, 1024);
    assert.deepEqual(config.elements, [{ type: 'pair', tag: undefined, channels: [0, 1] }]);
  });

  it('knows all sampling frequencies, and those that are spelt out', () => {
    for (const sampleRate of samplingFrequencies) {
      assert.equal(
        parseAudioSpecificConfig(audioSpecificConfig(sampleRate, 1).toBytes()).sampleRate,
        sampleRate,
      );
    }
    const spelt = new BitWriter().write(2, 5).write(15, 4).write(12_345, 24).write(1, 4).write(0, 3);
    assert.equal(parseAudioSpecificConfig(spelt.toBytes()).sampleRate, 12_345);
  });

  it('tells frames of 960 samples', () => {
    assert.equal(
      parseAudioSpecificConfig(audioSpecificConfig(48_000, 1, 960).toBytes()).samplesPerFrame,
      960,
    );
  });

  it('puts the channels into the order of WAV files', () => {
    const configOf = (channelConfiguration: number) =>
      channelsOf(audioSpecificConfig(48_000, channelConfiguration).toBytes());
    assert.deepEqual(configOf(1), [[0]]);
    assert.deepEqual(configOf(3), [[2], [0, 1]]);
    assert.deepEqual(configOf(6), [[2], [0, 1], [4, 5], [3]]);
    for (const channelConfiguration of [1, 2, 3, 4, 5, 6, 7, 11, 12, 14]) {
      const channels = configOf(channelConfiguration).flat();
      assert.deepEqual(
        channels.toSorted((a, b) => a - b),
        channels.map((_, i) => i),
      );
    }
  });

  it('reads a program configuration', () => {
    const bits = audioSpecificConfig(48_000, 0).append(programConfig()).align().write(2, 8).write(0x4142, 16);
    assert.deepEqual(parseAudioSpecificConfig(bits.toBytes()).elements, [
      { type: 'single', tag: 3, channels: [0] },
      { type: 'pair', tag: 0, channels: [1, 2] },
      { type: 'single', tag: 5, channels: [3] },
      { type: 'lfe', tag: 1, channels: [4] },
    ]);
  });

  it('refuses a program configuration without channels', () => {
    const bits = audioSpecificConfig(48_000, 0).write(0, 200);
    assert.throws(() => parseAudioSpecificConfig(bits.toBytes()), { name: 'AacError', kind: 'damaged' });
  });

  for (const [name, objectType] of [
    ['HE-AAC', 5],
    ['HE-AAC v2', 29],
  ] as const) {
    it(`takes the core of ${name}`, () => {
      const bits = new BitWriter().write(objectType, 5).write(7, 4).write(1, 4);
      bits.write(4, 4).write(2, 5).write(0, 3);
      const { sampleRate, elements } = parseAudioSpecificConfig(bits.toBytes());
      assert.equal(sampleRate, 22_050);
      assert.equal(elements.length, 1);
    });
  }

  it('takes the core where HE-AAC is signalled behind it', () => {
    const bits = audioSpecificConfig(24_000, 2).write(0x2b7, 11).write(5, 5).write(1, 1).write(3, 4);
    assert.equal(parseAudioSpecificConfig(bits.toBytes()).sampleRate, 24_000);
  });

  for (const [objectType, name] of [
    [1, /^AAC Main cannot/],
    [3, /SSR/],
    [4, /LTP/],
    [17, /^ER AAC LC/],
    [23, /AAC-LD/],
    [39, /AAC-ELD/],
    [42, /xHE-AAC/],
    [40, /audio object type 40/],
  ] as const) {
    it(`refuses object type ${objectType} by name`, () => {
      const bits = new BitWriter().write(Math.min(objectType, 31), 5);
      bits
        .write(objectType - 32, objectType < 32 ? 0 : 6)
        .write(4, 4)
        .write(2, 4)
        .write(0, 32);
      assert.throws(() => parseAudioSpecificConfig(bits.toBytes()), {
        name: 'AacError',
        kind: 'unsupported',
        message: name,
      });
    });
  }

  for (const [what, bits, kind] of [
    ['nothing', new BitWriter(), 'damaged'],
    [
      'a reserved sampling frequency',
      new BitWriter().write(2, 5).write(13, 4).write(1, 4).write(0, 3),
      'damaged',
    ],
    [
      'a sampling frequency of 0',
      new BitWriter().write(2, 5).write(15, 4).write(0, 24).write(0x10, 7),
      'damaged',
    ],
    ['a reserved channel configuration', audioSpecificConfig(48_000, 8), 'unsupported'],
    ['a core coder', new BitWriter().write(2, 5).write(4, 4).write(2, 4).write(0b010, 3), 'unsupported'],
  ] as const) {
    it(`refuses ${what}`, () => {
      assert.throws(() => parseAudioSpecificConfig(bits.toBytes()), { name: 'AacError', kind });
    });
  }

  it('throws nothing but AacError, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        try {
          const { sampleRate, elements } = parseAudioSpecificConfig(bytes);
          assert.ok(sampleRate > 0 && elements.length > 0);
        } catch (thrown) {
          assert.ok(thrown instanceof AacError);
        }
      }),
    );
  });
});
