import { logLikelihoods, type Voice } from './voices';
import type { VoiceWindow, VoiceWindows } from './voiceWindows';

/** Time is divided into cells of this length. */
const cellSeconds = 0.1;
/** No window counts against a voice with more than this, so that a cough cannot outweigh a sentence. */
const minScore = -20;
/** One cell counts as its share of 1.6 s: neighbouring windows share sounds, so together they tell no more than one. */
const cellShare = cellSeconds / 1.6;

/** How likely each voice is to be speaking, for every tenth of a second. */
export class VoiceLikelihoods {
  private readonly voices: number;
  /** Weighted log-likelihoods: cell by cell, and in each cell voice by voice. */
  private readonly sums: Float32Array;
  /** Total weight of the windows over each cell. */
  private readonly weights: Float32Array;

  /** @param windows short windows, scaled by `scatterCorrection` */
  constructor(windows: VoiceWindows, voices: readonly Voice[]) {
    const cells = Math.ceil((windows.at(-1)?.endSeconds ?? 0) / cellSeconds) + 1;
    this.voices = voices.length;
    this.sums = new Float32Array(cells * voices.length);
    this.weights = new Float32Array(cells);
    for (const window of windows) {
      this.add(window, logLikelihoods(window.embedding, voices));
    }
  }

  /**
   * Log-likelihoods of the voices between two times of the recording, relative to the most likely voice at each instant.
   *
   * @returns one value per voice, at most 0
   */
  between(startSeconds: number, endSeconds: number): Float64Array {
    const scores = new Float64Array(this.voices);
    const first = Math.round(startSeconds / cellSeconds);
    const end = Math.max(first + 1, Math.round(endSeconds / cellSeconds));
    for (let cell = first; cell < Math.min(end, this.weights.length); cell++) {
      const weight = this.weights[cell] ?? 0;
      if (weight <= 0) {
        continue;
      }
      for (let voice = 0; voice < this.voices; voice++) {
        const sum = this.sums[cell * this.voices + voice] ?? 0;
        scores[voice] = (scores[voice] ?? 0) + (sum / weight) * cellShare;
      }
    }
    return scores;
  }

  /** Adds a window to the cells under it. A window weighs most at its middle. */
  private add({ startSeconds, endSeconds }: VoiceWindow, likelihoods: readonly number[]): void {
    const best = Math.max(...likelihoods);
    const scores = likelihoods.map((value) => Math.max(minScore, value - best));
    const middle = (startSeconds + endSeconds) / 2;
    const half = (endSeconds - startSeconds) / 2;
    for (let cell = Math.ceil(startSeconds / cellSeconds); cell < endSeconds / cellSeconds; cell++) {
      const weight = 1.02 - Math.abs(cell * cellSeconds - middle) / half;
      this.weights[cell] = (this.weights[cell] ?? 0) + weight;
      scores.forEach((score, voice) => {
        const at = cell * this.voices + voice;
        this.sums[at] = (this.sums[at] ?? 0) + weight * score;
      });
    }
  }
}
