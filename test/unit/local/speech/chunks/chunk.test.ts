import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sampleRate } from '../../../../../src/audio/sound/sound';
import {
  type Chunk,
  chunkSamples,
  partAt,
  samplesPerFrame,
  soundSeconds,
  splitChunk,
} from '../../../../../src/local/speech/chunks/chunk';
import { ChunkBuilder } from '../../../../../src/local/speech/chunks/chunkBuilder';
import type { SpeechSegment } from '../../../../../src/local/speech/voiceActivity/segmenter';

function segment(fromSeconds: number, toSeconds: number): SpeechSegment {
  const start = Math.round(fromSeconds * sampleRate);
  const length = Math.round(toSeconds * sampleRate) - start;
  return { start, samples: Float32Array.from({ length }, (_, i) => 0.1 + (start + i) / 1e9) };
}

function build(segments: readonly SpeechSegment[]): Chunk[] {
  const builder = new ChunkBuilder();
  return segments.flatMap((each) => builder.add(each) ?? []).concat(builder.finish() ?? []);
}

const lengths = (chunks: readonly Chunk[]) => chunks.map(({ parts }) => parts.length);

/** Segments as the segmenter yields them: in order, without overlaps, at most 20 s long. */
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

describe('chunks', () => {
  it('join the segments that fit, and shorten long pauses', () => {
    const [chunk, ...others] = build([segment(1, 3), segment(5, 8), segment(8.1, 9)]);
    assert.equal(others.length, 0);
    const ends = chunk!.parts.map(({ offset, samples }) => [
      offset / sampleRate,
      (offset + samples.length) / sampleRate,
    ]);
    assert.ok(Math.abs(ends[1]![0]! - ends[0]![1]! - 0.4) < 0.03);
    assert.ok(Math.abs(ends[2]![0]! - ends[1]![1]! - 0.1) < 0.03);
  });

  it('are started when the last one is full, and after a long pause', () => {
    assert.deepEqual(lengths(build([segment(0, 12), segment(12.5, 18), segment(18.5, 22)])), [2, 1]);
    assert.deepEqual(lengths(build([segment(0, 1), segment(4.5, 5)])), [1, 1]);
  });

  it('are pending from the start of their first segment', () => {
    const builder = new ChunkBuilder();
    assert.equal(builder.pendingFrom, undefined);
    builder.add(segment(2, 3));
    builder.add(segment(3.5, 4));
    assert.equal(builder.pendingFrom, 2 * sampleRate);
    builder.finish();
    assert.equal(builder.pendingFrom, undefined);
  });

  it('have at most 20 s and keep every segment once, in order, from the start of a frame', () => {
    fc.assert(
      fc.property(anySegments, (segments) => {
        const chunks = build(segments);
        assert.deepEqual(
          chunks.flatMap(({ parts }) => parts.map(({ start }) => start)),
          segments.map(({ start }) => start),
        );
        for (const chunk of chunks) {
          const samples = chunkSamples(chunk);
          assert.ok(samples.length <= 20 * sampleRate);
          for (const part of chunk.parts) {
            assert.equal(part.offset % samplesPerFrame, 0);
            assert.deepEqual(samples.slice(part.offset, part.offset + part.samples.length), part.samples);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it('convert their times to times of the sound', () => {
    fc.assert(
      fc.property(anySegments, fc.double({ min: 0, max: 1, noNaN: true }), (segments, share) => {
        for (const chunk of build(segments)) {
          for (const part of chunk.parts) {
            const within = share * (part.samples.length - 1);
            const time = (part.offset + within) / sampleRate;
            assert.equal(partAt(chunk, (part.offset + part.samples.length / 2) / sampleRate), part);
            assert.ok(Math.abs(soundSeconds(part, time) - (part.start + within) / sampleRate) < 1e-6);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it('keep converted times within their part', () => {
    const part = { ...segment(5, 6), offset: 2 * sampleRate };
    assert.equal(soundSeconds(part, 1.5), 5);
    assert.equal(soundSeconds(part, 3.5), 6);
  });

  it('are split at the longest pause', () => {
    const [chunk] = build([segment(0, 2), segment(2.3, 3), segment(4, 6), segment(6.5, 8)]);
    const [first, second] = splitChunk(chunk!)!;
    const starts = ({ parts }: Chunk) => parts.map(({ start }) => start / sampleRate);
    assert.deepEqual(
      [starts(first), starts(second)],
      [
        [0, 2.3],
        [4, 6.5],
      ],
    );
    assert.equal(second.parts[0]?.offset, 0);
    assert.deepEqual(chunkSamples(first), chunkSamples(chunk!).slice(0, chunkSamples(first).length));
  });

  it('are not split if they have only one part', () => {
    assert.equal(splitChunk(build([segment(0, 9)])[0]!), undefined);
  });
});
