import assert from 'node:assert/strict';
import { BitReader } from '../../../../src/audio/coding/bitReader';
import { crc16, crc8 } from '../../../../src/audio/codecs/flac/crc';
import { pairTables, quadTables } from '../../../../src/audio/codecs/mp3/huffmanTables';
import { pcmFormats, PcmDecoder } from '../../../../src/audio/codecs/pcm';

describe('BitReader', () => {
  it('reads the highest bit first', () => {
    const bits = new BitReader(Uint8Array.of(0b1010_0001, 0xff, 0x80, 0x12, 0x34, 0x56));
    assert.equal(bits.read(3), 0b101);
    assert.equal(bits.readUnary(), 4);
    assert.equal(bits.readSigned(9), -1);
    bits.alignToByte();
    assert.equal(bits.read(24), 0x123456);
    assert.equal(bits.isPastEnd, false);
    assert.equal(bits.read(1), 0);
    assert.equal(bits.isPastEnd, true);
  });

  it('reads more bits than fit a word', () => {
    const bits = new BitReader(Uint8Array.of(0x40, 0, 0, 0, 0x80));
    bits.skip(1);
    assert.equal(bits.readSigned(33), -(2 ** 32) + 2);
  });

  it('stops counting zeros at the end', () => {
    assert.ok(new BitReader(new Uint8Array(3)).readUnary() <= 50);
  });
});

describe('checksums of FLAC', () => {
  // The check values of CRC-8/SMBUS and CRC-16/UMTS.
  const digits = Buffer.from('123456789');
  it('are those of the catalogues', () => {
    assert.equal(crc8(digits), 0xf4);
    assert.equal(crc16(digits), 0xfee8);
  });
});

describe('codes of MP3', () => {
  for (const [number, { lengths, symbols }] of Object.entries({
    ...pairTables,
    a: quadTables[0],
    b: quadTables[1],
  })) {
    it(`leave no bits without a meaning: table ${number}`, () => {
      const sizes = lengths.split('').map((digit) => parseInt(digit, 36));
      assert.equal(
        sizes.reduce((sum, size) => sum + 2 ** -size, 0),
        1,
      );
      assert.equal(new Set(symbols.match(/../g)).size, sizes.length);
    });
  }
});

describe('PcmDecoder', () => {
  const decode = (name: string, bytes: number[], channels = 1) =>
    new PcmDecoder(pcmFormats[name]!, 8000, channels).decode(Uint8Array.from(bytes)).map((x) => [...x]);

  const cases: readonly [string, number[], number[]][] = [
    ['pcm-u8', [0, 128, 192], [-1, 0, 0.5]],
    ['pcm-s8', [128, 0, 64], [-1, 0, 0.5]],
    ['pcm-s16', [0, 0x80, 0, 0x40], [-1, 0.5]],
    ['pcm-s16be', [0x80, 0, 0x40, 0], [-1, 0.5]],
    ['pcm-s24', [0, 0, 0x80, 0, 0, 0x40], [-1, 0.5]],
    ['pcm-s24be', [0x80, 0, 0, 0x40, 0, 0], [-1, 0.5]],
    ['pcm-s32', [0, 0, 0, 0x80], [-1]],
    ['pcm-f32be', [0x3f, 0, 0, 0, 0x7f, 0xc0, 0, 0, 0x7f, 0x80, 0, 0], [0.5, 0, 0]],
    // ITU-T G.711, tables 1 and 2: the loudest and the softest steps.
    ['alaw', [0xaa, 0x2a, 0xd5, 0x55], [4032 / 4096, -4032 / 4096, 1 / 4096, -1 / 4096]],
    ['ulaw', [0x80, 0x00, 0xff], [8031 / 8192, -8031 / 8192, 0]],
  ];
  for (const [name, bytes, samples] of cases) {
    it(`reads ${name}`, () => {
      const [heard = []] = decode(name, bytes);
      assert.deepEqual(heard, [...Float32Array.from(samples)]);
    });
  }

  it('takes channels apart, and drops half a sample', () => {
    assert.deepEqual(decode('pcm-s8', [64, 0, 32, 96, 1], 2), [
      [0.5, 0.25],
      [0, 0.75],
    ]);
  });
});
