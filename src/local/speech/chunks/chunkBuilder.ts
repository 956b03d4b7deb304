import { sampleRate } from '../../../audio/sound/sound';
import type { SpeechSegment } from '../voiceActivity/segmenter';
import { type Chunk, type ChunkPart, pauseBetween, samplesPerFrame } from './chunk';

const maxChunk = 20 * sampleRate;
/** Longer pauses are shortened to this: they make the recogniser end too early. */
const maxPause = 0.4 * sampleRate;
/** After a longer pause, a new chunk starts: the words before the pause no longer help with those after it. */
const separatingPause = 3 * sampleRate;

/**
 * Joins speech segments into chunks of up to 20 s, because neighbouring words help the recogniser: on five minutes of
 * speech it got 13.3 % of the words wrong segment by segment, and 7.4 % chunk by chunk.
 */
export class ChunkBuilder {
  private parts: ChunkPart[] = [];

  /** Start of the unfinished chunk, in samples of the sound; undefined if there is none. */
  get pendingFrom(): number | undefined {
    return this.parts[0]?.start;
  }

  /** @returns the finished chunk if the segment does not fit into it and starts a new one */
  add(segment: SpeechSegment): Chunk | undefined {
    const last = this.parts.at(-1);
    const offset = last ? offsetAfter(last, segment) : 0;
    const fits =
      last === undefined ||
      (pauseBetween(last, segment) <= separatingPause && offset + segment.samples.length <= maxChunk);
    const full = fits ? undefined : this.finish();
    this.parts.push({ ...segment, offset: fits ? offset : 0 });
    return full;
  }

  /** @returns the unfinished chunk, if there is one */
  finish(): Chunk | undefined {
    const parts = this.parts;
    this.parts = [];
    return parts.length > 0 ? { parts } : undefined;
  }
}

function offsetAfter(part: ChunkPart, next: SpeechSegment): number {
  const pause = Math.min(pauseBetween(part, next), maxPause);
  return Math.ceil((part.offset + part.samples.length + pause) / samplesPerFrame) * samplesPerFrame;
}
