import { sampleRate } from '../../../audio/sound/sound';
import type { SpeechSegment } from '../voiceActivity/segmenter';

/**
 * Samples per frame of the recogniser's encoder. The parts of a chunk start on frame boundaries, so that each output frame
 * belongs to one part.
 */
export const samplesPerFrame = 384;

/** What the recogniser hears at once: speech segments, with the long pauses between them shortened. */
export interface Chunk {
  readonly parts: readonly ChunkPart[];
}

/** A speech segment in a chunk. */
export interface ChunkPart extends SpeechSegment {
  /** Position of its first sample in the chunk. */
  readonly offset: number;
}

/** Splits a chunk in two at its longest pause; undefined if it has none. */
export function splitChunk(chunk: Chunk): [Chunk, Chunk] | undefined {
  const pauses = chunk.parts.slice(1).map((part, i) => pauseBetween(chunk.parts[i] ?? part, part));
  const cut = pauses.indexOf(Math.max(...pauses)) + 1;
  if (cut === 0) {
    return undefined;
  }
  const second = chunk.parts.slice(cut);
  const cutOffset = second[0]?.offset ?? 0;
  return [
    { parts: chunk.parts.slice(0, cut) },
    { parts: second.map((part) => ({ ...part, offset: part.offset - cutOffset })) },
  ];
}

/** The samples of a chunk, with zeros between its parts. */
export function chunkSamples({ parts }: Chunk): Float32Array {
  const last = parts.at(-1);
  const samples = new Float32Array(last ? last.offset + last.samples.length : 0);
  for (const part of parts) {
    samples.set(part.samples, part.offset);
  }
  return samples;
}

/** The part at a time of the chunk, in seconds. Of each pause, one half counts towards the part before, the other after. */
export function partAt({ parts }: Chunk, seconds: number): ChunkPart | undefined {
  const at = seconds * sampleRate;
  return parts.find((part, i) => {
    const end = part.offset + part.samples.length;
    return at < (end + (parts[i + 1]?.offset ?? Infinity)) / 2;
  });
}

/** Converts a time of the chunk to a time of the sound, both in seconds. The result stays within the part. */
export function soundSeconds(part: ChunkPart, seconds: number): number {
  const within = Math.min(Math.max(0, seconds * sampleRate - part.offset), part.samples.length);
  return (part.start + within) / sampleRate;
}

/** Samples of the sound between a part and the segment after it. */
export function pauseBetween(part: ChunkPart, next: SpeechSegment): number {
  return next.start - part.start - part.samples.length;
}
