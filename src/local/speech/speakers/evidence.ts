import { logLikelihoods } from './voices';
import type { Voice } from './voices';
import type { SpeakerWindow, Windows } from './windowList';

/** Of the grid that the windows are laid over. */
const cellSeconds = 0.1;
/** However unlike a voice a window is: a cough must not outweigh a sentence. */
const worst = -20;
/** A window tells as much about 1.6 s as it is sure of its voice, since neighbours share sounds; each cell has its share. */
const share = cellSeconds / 1.6;

/** What the windows say of who speaks when, for every tenth of a second. */
export class Evidence {
  private readonly voices: number;
  /** Weighted log-likelihoods, cell by cell, all voices of a cell in a row. */
  private readonly sums: Float32Array;
  private readonly weights: Float32Array;

  constructor(windows: Windows, voices: readonly Voice[]) {
    const cells = Math.ceil((windows.at(-1)?.endSeconds ?? 0) / cellSeconds) + 1;
    this.voices = voices.length;
    this.sums = new Float32Array(cells * voices.length);
    this.weights = new Float32Array(cells);
    for (const window of windows) {
      this.lay(window, logLikelihoods(window.embedding, voices));
    }
  }

  /** A window says most about its middle. */
  private lay({ startSeconds, endSeconds }: SpeakerWindow, likelihoods: readonly number[]): void {
    const best = Math.max(...likelihoods);
    const scores = likelihoods.map((value) => Math.max(worst, value - best));
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

  /** Log-likelihoods of the voices for a stretch of the recording, 0 for the likeliest at each instant. */
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
        scores[voice] = (scores[voice] ?? 0) + (sum / weight) * share;
      }
    }
    return scores;
  }
}
