import { sampleRate } from '../../../audio/sound/sound';

/** Length of the windows that the voice activity model rates, in samples. */
export const vadWindowSamples = 512;

/** Where a speech segment lies, in samples from the start of the sound. */
export interface SegmentBounds {
  readonly from: number;
  readonly to: number;
}

const windowsPerSecond = sampleRate / vadWindowSamples;

/*
 * The values below gave the lowest word error rate on about five minutes of speech from eleven sources: LibriVox and
 * LibriSpeech readings, speeches, a phone call, a slow speaker with long pauses, and single words.
 */
/** A window at least this probable starts a segment. */
const startProbability = 0.5;
/** Windows below this probability may end the segment … */
const endProbability = 0.35;
/** … if this many of them follow each other. */
const endWindows = 0.4 * windowsPerSecond;
/** Anything shorter is a click or a breath. */
const minSegment = 0.2 * sampleRate;
/**
 * Kept on both sides of a segment, because the model takes soft consonants for silence. With 0.25 s, 6.1 % of 1974 words
 * were wrong (mostly four synthetic voices: clean, as MP3, noisy, on the telephone); with 0.15 s it was 6.4 %, and on the
 * sample dialogue 3.8 % instead of 2.5 %.
 */
const padding = Math.round(0.25 * sampleRate);
/** The longest segment that the recogniser accepts. Longer speech is cut at its quietest window. */
const maxSegment = 20 * sampleRate;
/** The earliest position of such a cut within the segment. */
const earliestCut = 0.4 * maxSegment;
/** The search for that window favours late ones: one at the end may be this much more probable than one at the start. */
const lateCutBonus = 0.1;

/** Finds the bounds of speech segments from the speech probability of one window after another. */
export class SegmentFinder {
  private position = 0;
  private segmentFrom: number | undefined;
  private quietWindows = 0;
  private quietest = { at: 0, score: Infinity };
  private lastEnd = 0;

  /** Position up to which all segments have been returned; later ones start after it. */
  get settled(): number {
    return Math.max(this.lastEnd, (this.segmentFrom ?? this.position) - padding);
  }

  /** @returns the segment that ends with this window, if one does */
  add(probability: number): SegmentBounds | undefined {
    const at = this.position;
    this.position += vadWindowSamples;
    if (this.segmentFrom !== undefined) {
      return this.extend(this.segmentFrom, at, probability);
    }
    if (probability >= startProbability) {
      this.begin(at);
    }
    return undefined;
  }

  /** @returns the segment that lasts until the end of the sound, if there is one */
  finish(soundEnd: number): SegmentBounds | undefined {
    const rest = this.segmentFrom === undefined ? undefined : this.close(this.segmentFrom, soundEnd);
    // Just after a cut, the rest can be too short for the recogniser.
    return rest && rest.to - rest.from >= minSegment ? rest : undefined;
  }

  private extend(from: number, at: number, probability: number): SegmentBounds | undefined {
    this.quietWindows = probability < endProbability ? this.quietWindows + 1 : 0;
    const length = at - from;
    const score = probability - (lateCutBonus * length) / maxSegment;
    if (length > earliestCut && score < this.quietest.score) {
      this.quietest = { at, score };
    }
    if (this.quietWindows >= endWindows) {
      const end = at - (this.quietWindows - 1) * vadWindowSamples;
      this.segmentFrom = undefined;
      return end - vadWindowSamples - from < minSegment ? undefined : this.close(from, end + padding);
    }
    return length >= maxSegment ? this.cut(from) : undefined;
  }

  private cut(from: number): SegmentBounds {
    const cutAt = this.quietest.at;
    const bounds = this.close(from, cutAt);
    this.begin(cutAt);
    return bounds;
  }

  private begin(at: number): void {
    this.segmentFrom = at;
    this.quietWindows = 0;
    this.quietest = { at, score: Infinity };
  }

  private close(from: number, to: number): SegmentBounds {
    const bounds = { from: Math.max(this.lastEnd, from - padding, 0), to };
    this.lastEnd = to;
    return bounds;
  }
}
