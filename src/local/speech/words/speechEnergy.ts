import { sampleRate } from '../../../audio/sound/sound';

const stepsPerSecond = 100;
const samplesPerStep = sampleRate / stepsPerSecond;
const silence = 1e-9;
/** A word is not trimmed to less. */
const shortestSteps = 8;

/** How loud a chunk is, in hundredths of a second, and what of that counts as sounding. */
export class SpeechEnergy {
  private readonly decibels: Float32Array;
  private readonly threshold: number;

  constructor(samples: Float32Array) {
    this.decibels = loudness(samples);
    this.threshold = soundingThreshold(this.decibels);
  }

  /** Takes the pauses off both ends of a word, which the attention leaves with one of its neighbours; times in seconds. */
  trim({ start, end }: { start: number; end: number }): { start: number; end: number } {
    let first = Math.round(start * stepsPerSecond);
    let last = Math.min(this.decibels.length, Math.round(end * stepsPerSecond));
    while (last - first > shortestSteps && this.isQuiet(last - 1)) {
      last--;
    }
    while (last - first > shortestSteps && this.isQuiet(first)) {
      first++;
    }
    return { start: first / stepsPerSecond, end: last / stepsPerSecond };
  }

  private isQuiet(step: number): boolean {
    return (this.decibels[step] ?? 0) < this.threshold;
  }
}

function loudness(samples: Float32Array): Float32Array {
  return Float32Array.from({ length: Math.ceil(samples.length / samplesPerStep) }, (_, step) => {
    let energy = silence;
    for (const sample of samples.subarray(step * samplesPerStep, (step + 1) * samplesPerStep)) {
      energy += sample * sample;
    }
    return 10 * Math.log10(energy / samplesPerStep);
  });
}

/** Three tenths of the way from the quietest to the loudest of the chunk, but not far below the loudest. */
function soundingThreshold(decibels: Float32Array): number {
  const sorted = decibels.toSorted();
  const quantile = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0;
  const quiet = quantile(0.05);
  const loud = quantile(0.95);
  return Math.max(quiet + 0.3 * (loud - quiet), loud - 35);
}
