import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { AacError } from '../../../../../src/audio/codecs/aac/aacError';
import { defaultElements } from '../../../../../src/audio/codecs/aac/channelElements';
import type { AacConfig } from '../../../../../src/audio/codecs/aac/config';
import { AacDecoder } from '../../../../../src/audio/codecs/aac/decoder';
import { fixturePath } from '../../../../support/fixtures';
import { BitWriter } from './bitWriter';
import { FrameWriter, numbersWithNoise, type Extras } from './frameWriter';
import { seededRandom } from '../../../../support/seededRandom';
import { decodeAdtsFile, joinFrames, signalToNoise } from './streams';

const stereo: AacConfig = { sampleRate: 44_100, samplesPerFrame: 1024, elements: defaultElements(2) };
const surround: AacConfig = { sampleRate: 48_000, samplesPerFrame: 960, elements: defaultElements(6) };
const mono: AacConfig = { sampleRate: 16_000, samplesPerFrame: 1024, elements: defaultElements(1) };

function someFrames(config: AacConfig, seed: number, count: number, extras: Extras = {}): Uint8Array[] {
  const writer = new FrameWriter(config, seededRandom(seed), extras);
  return Array.from({ length: count }, () => writer.nextFrame());
}

describe('AacDecoder, with files whose samples are known', () => {
  for (const [name, sampleRate, channels] of [
    ['speech', 16_000, 1],
    ['stereo', 44_100, 2],
    ['tools', 32_000, 2],
  ] as const) {
    it(`decodes ${name}.aac to the samples that ffmpeg has`, () => {
      const decoded = decodeAdtsFile(readFileSync(fixturePath('aac', `${name}.aac`)));
      assert.equal(decoded.sampleRate, sampleRate);
      assert.equal(decoded.channels.length, channels);
      const thinned = Float32Array.from(
        decoded.channels.flatMap((samples) => [...samples.filter((_, i) => i % 13 === 0)]),
      );
      // Every 13th sample, as ffmpeg decoded the file.
      const expected = new Float32Array(
        Uint8Array.from(readFileSync(fixturePath('aac', `${name}.f32`))).buffer,
      );
      assert.equal(thinned.length, expected.length);
      const ratio = signalToNoise(expected, thinned);
      assert.ok(ratio > 100, `${ratio} dB`);
    });
  }
});

describe('AacDecoder', () => {
  it('says what it decodes to', () => {
    const decoder = new AacDecoder(surround);
    assert.deepEqual([decoder.sampleRate, decoder.channels, decoder.samplesPerFrame], [48_000, 6, 960]);
    const samples = decoder.decode(someFrames(surround, 1, 1)[0]!);
    assert.deepEqual(
      samples.map((channel) => channel.length),
      [960, 960, 960, 960, 960, 960],
    );
  });

  it('is silent where a frame has no channels, once the frame before has faded', () => {
    const decoder = new AacDecoder(stereo);
    const empty = new BitWriter().write(7, 3).toBytes();
    const samples = [...someFrames(stereo, 5, 1), empty, empty].map((frame) => decoder.decode(frame));
    const isSilent = (frame: Float32Array[]) =>
      frame.every((channel) => channel.every((value) => value === 0));
    assert.deepEqual(samples.map(isSilent), [false, false, true]);
  });

  it("gives samples that are the caller's to keep", () => {
    const decoder = new AacDecoder(stereo);
    const [first, second] = someFrames(stereo, 6, 2);
    const samples = decoder.decode(first!);
    const kept = samples.map((channel) => channel.slice());
    decoder.decode(second!);
    assert.deepEqual(samples, kept);
  });

  it('goes on behind a damaged frame as if it had not been there', () => {
    const frames = someFrames(stereo, 7, 3);
    const undisturbed = new AacDecoder(stereo);
    const disturbed = new AacDecoder(stereo);
    const expected = frames.map((frame) => undisturbed.decode(frame));
    const actual = frames.map((frame) => {
      const samples = disturbed.decode(frame);
      assert.throws(() => disturbed.decode(frame.subarray(0, frame.length - 10)), { kind: 'damaged' });
      return samples;
    });
    assert.deepEqual(actual, expected);
  });

  it('leaves out what HE-AAC adds to the core', () => {
    const frames = someFrames(mono, 8, 2);
    const random = seededRandom(9);
    const extended = frames.map((frame) => {
      const bits = new BitWriter().write(6, 3).write(15, 4).write(86, 8).write(13, 4);
      for (let i = 0; i < 100 * 8 - 4; i++) {
        bits.write(Number(random() < 0.5), 1);
      }
      frame.forEach((byte) => bits.write(byte, 8));
      return bits.toBytes();
    });
    const [plain, core] = [frames, extended].map((some) => {
      const decoder = new AacDecoder(mono);
      return joinFrames(some.map((frame) => decoder.decode(frame)));
    });
    assert.deepEqual(core, plain);
  });

  it('tells elements of a program configuration by their tags', () => {
    const elements = (tags: number[]): AacConfig['elements'] =>
      tags.map((tag) => ({ type: 'single', tag, channels: [tag] }));
    const written = { ...mono, elements: elements([1, 0]) };
    const frames = someFrames(written, 10, 2);
    const [same, swapped] = [elements([1, 0]), elements([0, 1])].map((order) => {
      const decoder = new AacDecoder({ ...mono, elements: order });
      return joinFrames(frames.map((frame) => decoder.decode(frame)));
    });
    assert.deepEqual(same, swapped);
    assert.notDeepEqual(same![0], same![1]);
  });
});

describe('AacDecoder refuses', () => {
  const long = (): BitWriter =>
    new BitWriter()
      .write(0, 3 + 4)
      .write(100, 8)
      .write(0, 1 + 2 + 1);
  const short = (): BitWriter =>
    new BitWriter()
      .write(0, 3 + 4)
      .write(100, 8)
      .write(0, 1)
      .write(2, 2)
      .write(0, 1);
  const pairOf = (mask: number): BitWriter =>
    new BitWriter().write(1, 3).write(0, 4).write(1, 1).write(0, 4).write(1, 6).write(0, 1).write(mask, 2);

  for (const [what, bits, kind, config] of [
    ['prediction', long().write(1, 6).write(1, 1), 'unsupported', mono],
    ['more bands than there are', long().write(60, 6).write(0, 1), 'damaged', mono],
    ['the reserved codebook', long().write(1, 6).write(0, 1).write(12, 4).write(1, 5), 'damaged', mono],
    ['a section that is too long', long().write(1, 6).write(0, 1).write(1, 4).write(2, 5), 'damaged', mono],
    ['gain control', long().write(0, 6).write(0, 1).write(0, 2).write(1, 1), 'unsupported', mono],
    [
      'pulses in short windows',
      short()
        .write(0, 4 + 7)
        .write(1, 1),
      'damaged',
      mono,
    ],
    [
      'pulses behind the spectrum',
      long().write(0, 6).write(0, 1).write(1, 1).write(0, 2).write(63, 6),
      'damaged',
      mono,
    ],
    [
      'a TNS filter that is too long',
      long().write(0, 6).write(0, 1).write(0b01, 2).write(1, 2).write(0, 1).write(0, 6).write(13, 5),
      'damaged',
      mono,
    ],
    ['a reserved middle and side mask', pairOf(3), 'damaged', stereo],
    ['a channel too many', new BitWriter().write(1, 3), 'damaged', mono],
    ['a coupling channel', new BitWriter().write(2, 3), 'unsupported', mono],
    ['nothing at all', new BitWriter(), 'damaged', mono],
  ] as const) {
    it(what, () => {
      const frame = bits.append(new BitWriter().write(0, what === 'nothing at all' ? 0 : 200)).toBytes();
      assert.throws(() => new AacDecoder(config).decode(frame), { name: 'AacError', kind });
    });
  }

  it('what would be louder than any sound', () => {
    const bits = new BitWriter()
      .write(0, 3 + 4)
      .write(255, 8)
      .write(0, 1 + 2 + 1)
      .write(43, 6)
      .write(0, 1);
    bits.write(11, 4).write(1, 5).write(0, 4).write(31, 5).write(11, 5).write(0, 1); // one band has values
    bits.write(0, 1).write(1, 1).write(1, 2).write(1, 1).write(43, 6).write(12, 5).write(0, 2);
    for (let i = 0; i < 12; i++) {
      bits.write(8, 4);
    }
    bits.write(0, 1);
    for (let pair = 0; pair < 4; pair++) {
      bits.write(0b00100, 5).write(0, 2);
      bits.write(0x1fe, 9).write(4095, 12).write(0x1fe, 9).write(4095, 12);
    }
    const frame = bits.write(7, 3).toBytes();
    assert.throws(() => new AacDecoder(mono).decode(frame), { kind: 'damaged', message: /louder/ });
  });

  it('an endless section, and scale factors and escapes out of range', () => {
    const cases = [
      long().write(1, 6).write(0, 1).write(1, 4).write(0, 300),
      new BitWriter()
        .write(0, 3 + 4)
        .write(0, 8 + 4)
        .write(1, 6)
        .write(0, 1)
        .write(1, 4)
        .write(1, 5)
        .write(0b100, 3),
      long()
        .write(1, 6)
        .write(0, 1)
        .write(11, 4)
        .write(1, 5)
        .write(0, 1 + 3)
        .write(4, 5)
        .write(0, 2)
        .write(2 ** 50 - 1, 50),
    ];
    for (const bits of cases) {
      assert.throws(() => new AacDecoder(mono).decode(bits.toBytes()), { kind: 'damaged' });
    }
  });
});

describe('AacDecoder, whatever the bytes', () => {
  const configs = [mono, stereo, surround];
  const frames = configs.map((config, i) => [
    ...someFrames(config, 20 + i, 6, { books: numbersWithNoise, filler: true }),
    ...someFrames(config, 30 + i, 6, { books: numbersWithNoise, filler: true, wild: true }),
  ]);
  const decoders = configs.map((config) => new AacDecoder(config));

  function decodeOrRefuse(which: number, frame: Uint8Array): boolean {
    try {
      const samples = decoders[which]!.decode(frame);
      assert.ok(samples.every((channel) => channel.every(Number.isFinite)));
      return true;
    } catch (thrown) {
      assert.ok(thrown instanceof AacError, String(thrown));
      return false;
    }
  }

  it('decodes or refuses random bytes', () => {
    fc.assert(
      fc.property(fc.nat(2), fc.uint8Array({ maxLength: 600 }), (which, frame) => {
        decodeOrRefuse(which, frame);
      }),
      { numRuns: 1000 },
    );
  });

  it('decodes or refuses frames with flipped bits, and decodes the next good one', () => {
    const flips = fc.array(fc.nat(), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fc.nat(2), fc.nat(11), flips, (which, number, places) => {
        const frame = frames[which]![number]!.slice();
        for (const place of places) {
          frame[(place >>> 3) % frame.length]! ^= 1 << (place & 7);
        }
        decodeOrRefuse(which, frame);
        assert.ok(decodeOrRefuse(which, frames[which]![number % 6]!));
      }),
      { numRuns: 500 },
    );
  });

  it('decodes or refuses frames that are cut off', () => {
    fc.assert(
      fc.property(
        fc.nat(2),
        fc.nat(11),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (which, number, part) => {
          const frame = frames[which]![number]!;
          decodeOrRefuse(which, frame.subarray(0, Math.floor(frame.length * part)));
        },
      ),
      { numRuns: 300 },
    );
  });
});
