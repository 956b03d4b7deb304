import { sampleRate } from '../../../audio/sound/sound';
import type { Segment } from '../detection/speechDetector';

/** Step of the recogniser's encoder; parts begin on a step, so that its states belong to one part each. */
export const samplesPerFrame = 384;

/** What the recogniser hears at once: stretches of speech with the long pauses between them shortened. */
export interface Chunk {
  readonly parts: readonly Part[];
}

/** A stretch of speech in a chunk. */
export interface Part extends Segment {
  /** Samples from the beginning of the chunk. */
  readonly at: number;
}

const longestChunk = 20 * sampleRate;
/** Pauses that are kept as they are make the recogniser end early. */
const longestPause = 0.4 * sampleRate;
/** After a longer pause there is nothing that the words before could help to understand. */
const separatingPause = 3 * sampleRate;

/**
 * Joins stretches of speech into chunks of up to 20 s, because words are understood by their neighbours: on five minutes of speech
 * 13.3 % of the words were wrong when each stretch was recognised alone, and 7.4 % this way.
 */
export class ChunkPacker {
  private parts: Part[] = [];

  /** Where the chunk begins that is not yet full, in samples of the sound. */
  get waitingFrom(): number | undefined {
    return this.parts[0]?.start;
  }

  /** @returns a chunk that is full without this stretch */
  add(segment: Segment): Chunk | undefined {
    const last = this.parts.at(-1);
    const at = last ? placeAfter(last, segment) : 0;
    const fits =
      last === undefined ||
      (pauseAfter(last, segment) <= separatingPause && at + segment.samples.length <= longestChunk);
    const full = fits ? undefined : this.finish();
    this.parts.push({ ...segment, at: fits ? at : 0 });
    return full;
  }

  finish(): Chunk | undefined {
    const parts = this.parts;
    this.parts = [];
    return parts.length > 0 ? { parts } : undefined;
  }
}

/** The chunk cut in two at its longest pause; undefined when it has none. */
export function halve(chunk: Chunk): [Chunk, Chunk] | undefined {
  const pauses = chunk.parts.slice(1).map((part, i) => pauseAfter(chunk.parts[i] ?? part, part));
  const cut = pauses.indexOf(Math.max(...pauses)) + 1;
  if (cut === 0) {
    return undefined;
  }
  const second = chunk.parts.slice(cut);
  const offset = second[0]?.at ?? 0;
  return [
    { parts: chunk.parts.slice(0, cut) },
    { parts: second.map((part) => ({ ...part, at: part.at - offset })) },
  ];
}

/** The sound of a chunk. */
export function samplesOf({ parts }: Chunk): Float32Array {
  const last = parts.at(-1);
  const samples = new Float32Array(last ? last.at + last.samples.length : 0);
  for (const part of parts) {
    samples.set(part.samples, part.at);
  }
  return samples;
}

/** The part that sounds at a time of the chunk, in seconds; pauses go in halves to both sides. */
export function partAt({ parts }: Chunk, seconds: number): Part | undefined {
  const at = seconds * sampleRate;
  return parts.find((part, i) => {
    const end = part.at + part.samples.length;
    return at < (end + (parts[i + 1]?.at ?? Infinity)) / 2;
  });
}

/** The time of the sound at a time of the chunk within a part; both in seconds. */
export function soundTime(part: Part, seconds: number): number {
  const within = Math.min(Math.max(0, seconds * sampleRate - part.at), part.samples.length);
  return (part.start + within) / sampleRate;
}

function pauseAfter(part: Part, next: Segment): number {
  return next.start - part.start - part.samples.length;
}

function placeAfter(part: Part, next: Segment): number {
  const pause = Math.min(pauseAfter(part, next), longestPause);
  return Math.ceil((part.at + part.samples.length + pause) / samplesPerFrame) * samplesPerFrame;
}
