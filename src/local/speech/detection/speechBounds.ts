import { sampleRate } from '../../../audio/sound/sound';

/** Samples that the voice activity model judges at a time. */
export const windowSamples = 512;

/** Where speech is, in samples from the beginning of the sound. */
export interface Bounds {
  readonly from: number;
  readonly to: number;
}

const windowsPerSecond = sampleRate / windowSamples;

/*
 * Chosen by the word error rate on some five minutes of speech of eleven sources: LibriVox and LibriSpeech readings, speeches,
 * a phone call, a slow speaker with long pauses, and single words.
 */
/** Probability with which speech begins … */
const beginsAt = 0.5;
/** … and below which it may have ended … */
const endsBelow = 0.35;
/** … when it stays there for so long. */
const silentWindows = 0.4 * windowsPerSecond;
/** What is shorter is a click or a breath. */
const shortestSpeech = 0.2 * sampleRate;
/**
 * Kept on both sides, since soft consonants are judged as silence. Of 1974 words (mostly four synthetic voices: clean, as MP3, noisy,
 * on the telephone) 6.1 % were wrong; with 0.15 s 6.4 %, and 3.8 instead of 2.5 % of the sample dialogue's.
 */
const padding = Math.round(0.25 * sampleRate);
/** What the recogniser takes at once; longer speech is cut where it is most like silence. */
const longestSpeech = 20 * sampleRate;
/** The earliest place for such a cut. */
const earliestCut = 0.4 * longestSpeech;
/** By how much a window at the end may be more like speech than one at the beginning and still be the better place to cut. */
const lateCutBonus = 0.1;

/** Finds the bounds of speech in the probabilities of speech, window by window. */
export class SpeechBounds {
  private position = 0;
  private speechFrom: number | undefined;
  private quietWindows = 0;
  private quietest = { at: 0, score: Infinity };
  private lastEnd = 0;

  /** Nothing before this position will be asked for any more: all speech before it has been told. */
  get settled(): number {
    return Math.max(this.lastEnd, (this.speechFrom ?? this.position) - padding);
  }

  /** @returns speech whose end this window makes certain */
  add(probability: number): Bounds | undefined {
    const at = this.position;
    this.position += windowSamples;
    if (this.speechFrom !== undefined) {
      return this.goOn(this.speechFrom, at, probability);
    }
    if (probability >= beginsAt) {
      this.begin(at);
    }
    return undefined;
  }

  /** @returns speech that goes on to the end of the sound */
  end(soundEnd: number): Bounds | undefined {
    const rest = this.speechFrom === undefined ? undefined : this.close(this.speechFrom, soundEnd);
    // Of speech that was cut just before, so little may be left that the recogniser cannot take it.
    return rest && rest.to - rest.from >= shortestSpeech ? rest : undefined;
  }

  private goOn(from: number, at: number, probability: number): Bounds | undefined {
    this.quietWindows = probability < endsBelow ? this.quietWindows + 1 : 0;
    const length = at - from;
    const score = probability - (lateCutBonus * length) / longestSpeech;
    if (length > earliestCut && score < this.quietest.score) {
      this.quietest = { at, score };
    }
    if (this.quietWindows >= silentWindows) {
      const end = at - (this.quietWindows - 1) * windowSamples;
      this.speechFrom = undefined;
      return end - windowSamples - from < shortestSpeech ? undefined : this.close(from, end + padding);
    }
    return length >= longestSpeech ? this.cut(from) : undefined;
  }

  private cut(from: number): Bounds {
    const cutAt = this.quietest.at;
    const bounds = this.close(from, cutAt);
    this.begin(cutAt);
    return bounds;
  }

  private begin(at: number): void {
    this.speechFrom = at;
    this.quietWindows = 0;
    this.quietest = { at, score: Infinity };
  }

  private close(from: number, to: number): Bounds {
    const bounds = { from: Math.max(this.lastEnd, from - padding, 0), to };
    this.lastEnd = to;
    return bounds;
  }
}
