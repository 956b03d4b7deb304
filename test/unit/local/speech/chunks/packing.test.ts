import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sampleRate } from '../../../../../src/audio/sound/sound';
import {
  type Chunk,
  ChunkPacker,
  halve,
  partAt,
  samplesOf,
  samplesPerFrame,
  soundTime,
} from '../../../../../src/local/speech/chunks/packing';
import type { Segment } from '../../../../../src/local/speech/detection/speechDetector';

function segment(fromSeconds: number, toSeconds: number): Segment {
  const start = Math.round(fromSeconds * sampleRate);
  const length = Math.round(toSeconds * sampleRate) - start;
  return { start, samples: Float32Array.from({ length }, (_, i) => 0.1 + (start + i) / 1e9) };
}

function pack(segments: readonly Segment[]): Chunk[] {
  const packer = new ChunkPacker();
  return segments.flatMap((each) => packer.add(each) ?? []).concat(packer.finish() ?? []);
}

const lengths = (chunks: readonly Chunk[]) => chunks.map(({ parts }) => parts.length);

/** Segments as the detector gives them: in order, apart, of at most 20 s. */
const anySegments = fc
  .array(
    fc.record({
      pause: fc.double({ min: 0, max: 5, noNaN: true }),
      length: fc.double({ min: 0.2, max: 20, noNaN: true }),
    }),
    { maxLength: 10 },
  )
  .map((all) => {
    let time = 0;
    return all.map(({ pause, length }) => {
      const from = time + pause;
      time = from + length;
      return segment(from, time);
    });
  });

describe('packing speech into chunks', () => {
  it('joins what fits, and shortens long pauses', () => {
    const [chunk, ...others] = pack([segment(1, 3), segment(5, 8), segment(8.1, 9)]);
    assert.equal(others.length, 0);
    const ends = chunk!.parts.map(({ at, samples }) => [at / sampleRate, (at + samples.length) / sampleRate]);
    assert.ok(Math.abs(ends[1]![0]! - ends[0]![1]! - 0.4) < 0.03);
    assert.ok(Math.abs(ends[2]![0]! - ends[1]![1]! - 0.1) < 0.03);
  });

  it('begins a new chunk when one is full, and after a long pause', () => {
    assert.deepEqual(lengths(pack([segment(0, 12), segment(12.5, 18), segment(18.5, 22)])), [2, 1]);
    assert.deepEqual(lengths(pack([segment(0, 1), segment(4.5, 5)])), [1, 1]);
  });

  it('tells from where it is waiting', () => {
    const packer = new ChunkPacker();
    assert.equal(packer.waitingFrom, undefined);
    packer.add(segment(2, 3));
    packer.add(segment(3.5, 4));
    assert.equal(packer.waitingFrom, 2 * sampleRate);
    packer.finish();
    assert.equal(packer.waitingFrom, undefined);
  });

  it('keeps every part once and in order, each from the beginning of a frame, in bounded chunks', () => {
    fc.assert(
      fc.property(anySegments, (segments) => {
        const chunks = pack(segments);
        assert.deepEqual(
          chunks.flatMap(({ parts }) => parts.map(({ start }) => start)),
          segments.map(({ start }) => start),
        );
        for (const chunk of chunks) {
          const samples = samplesOf(chunk);
          assert.ok(samples.length <= 20 * sampleRate);
          for (const part of chunk.parts) {
            assert.equal(part.at % samplesPerFrame, 0);
            assert.deepEqual(samples.slice(part.at, part.at + part.samples.length), part.samples);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it('finds the way back from times of a chunk to times of the sound', () => {
    fc.assert(
      fc.property(anySegments, fc.double({ min: 0, max: 1, noNaN: true }), (segments, share) => {
        for (const chunk of pack(segments)) {
          for (const part of chunk.parts) {
            const within = share * (part.samples.length - 1);
            const time = (part.at + within) / sampleRate;
            assert.equal(partAt(chunk, (part.at + part.samples.length / 2) / sampleRate), part);
            assert.ok(Math.abs(soundTime(part, time) - (part.start + within) / sampleRate) < 1e-6);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it('does not let times leave their part', () => {
    const part = { ...segment(5, 6), at: 2 * sampleRate };
    assert.equal(soundTime(part, 1.5), 5);
    assert.equal(soundTime(part, 3.5), 6);
  });

  it('is cut in two at the longest pause', () => {
    const [chunk] = pack([segment(0, 2), segment(2.3, 3), segment(4, 6), segment(6.5, 8)]);
    const [first, second] = halve(chunk!)!;
    const starts = ({ parts }: Chunk) => parts.map(({ start }) => start / sampleRate);
    assert.deepEqual(
      [starts(first), starts(second)],
      [
        [0, 2.3],
        [4, 6.5],
      ],
    );
    assert.equal(second.parts[0]?.at, 0);
    assert.deepEqual(samplesOf(first), samplesOf(chunk!).slice(0, samplesOf(first).length));
  });

  it('is not cut in two when it is one part', () => {
    assert.equal(halve(pack([segment(0, 9)])[0]!), undefined);
  });
});
