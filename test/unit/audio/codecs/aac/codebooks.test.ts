import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bandsFor } from '../../../../../src/audio/codecs/aac/bands';
import { scaleFactorBook, spectralBooks } from '../../../../../src/audio/codecs/aac/codebooks';
import { FrameReader } from '../../../../../src/audio/codecs/aac/frameReader';
import { HuffmanDecoder } from '../../../../../src/audio/codecs/aac/huffman';
import { BitWriter, codewordOf } from './bitWriter';
import { samplingFrequencies } from './streams';

const codebooks = [scaleFactorBook, ...spectralBooks];

describe('the codebooks of AAC', () => {
  it('have as many symbols as the standard says', () => {
    const sizes = [121, 81, 81, 81, 81, 81, 81, 64, 64, 169, 169, 289];
    assert.deepEqual(
      codebooks.map(({ symbols }) => symbols.length),
      sizes,
    );
  });

  for (const [number, { counts, symbols }] of codebooks.entries()) {
    it(`number ${number} is a complete prefix code that has each symbol once`, () => {
      const kraft = counts.reduce((sum, count, index) => sum + count / 2 ** (index + 1), 0);
      assert.equal(kraft, 1);
      assert.deepEqual(
        symbols.toSorted((a, b) => a - b),
        symbols.map((_, i) => i),
      );
    });

    it(`number ${number} reads what was written with it`, () => {
      const decoder = new HuffmanDecoder({ counts, symbols });
      fc.assert(
        fc.property(fc.array(fc.constantFrom(...symbols)), (written) => {
          const writer = new BitWriter();
          written.forEach((symbol) => writer.writeSymbol({ counts, symbols }, symbol));
          const bits = new FrameReader(writer.toBytes());
          assert.deepEqual(
            written.map(() => decoder.read(bits)),
            written,
          );
        }),
        { numRuns: 20 },
      );
    });
  }

  it('have codewords of the standard at their ends and in their middle', () => {
    assert.deepEqual(codewordOf(scaleFactorBook, 0), [0x3ffe8, 18]);
    assert.deepEqual(codewordOf(scaleFactorBook, 60), [0, 1]);
    assert.deepEqual(codewordOf(spectralBooks[0]!, 0), [0x7f8, 11]);
    assert.deepEqual(codewordOf(spectralBooks[0]!, 80), [0x7f4, 11]);
    assert.deepEqual(codewordOf(spectralBooks[10]!, 0), [0, 4]);
    assert.deepEqual(codewordOf(spectralBooks[10]!, 288), [4, 5]);
  });
});

describe('the scale factor bands of AAC', () => {
  for (const sampleRate of samplingFrequencies) {
    for (const samplesPerFrame of [1024, 960]) {
      it(`cut windows at ${sampleRate} Hz into bands of whole tuples, ${samplesPerFrame} samples a frame`, () => {
        const { long, short } = bandsFor(sampleRate, samplesPerFrame);
        assert.equal(long.offsets.at(-1), samplesPerFrame);
        assert.equal(short.offsets.at(-1), samplesPerFrame / 8);
        for (const { offsets } of [long, short]) {
          offsets.slice(1).forEach((offset, i) => {
            const width = offset - offsets[i]!;
            assert.ok(width > 0 && width % 4 === 0);
          });
        }
      });
    }
  }

  it('are as many as the standard says', () => {
    const counts = (samplesPerFrame: number) =>
      samplingFrequencies.map((sampleRate) => bandsFor(sampleRate, samplesPerFrame).long.offsets.length - 1);
    assert.deepEqual(counts(1024), [41, 41, 47, 49, 49, 51, 47, 47, 43, 43, 43, 40, 40]);
    assert.deepEqual(counts(960), [40, 40, 46, 49, 49, 49, 46, 46, 42, 42, 42, 40, 40]);
  });
});
