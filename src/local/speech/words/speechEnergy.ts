import { sampleRate } from '../../../audio/sound/sound';

const stepsPerSecond = 100;
const samplesPerStep = sampleRate / stepsPerSecond;
/** Energy added to each step, so that digital silence has a finite level. */
const silence = 1e-9;
/** A word is never trimmed to fewer steps than this. */
const minSteps = 8;

/** The loudness of a chunk in steps of 10 ms, and the threshold below which a step counts as quiet. */
export class SpeechEnergy {
  private readonly decibels: Float32Array;
  private readonly threshold: number;

  /** @param samples of the chunk, at 16 kHz */
  constructor(samples: Float32Array) {
    this.decibels = loudness(samples);
    this.threshold = quietThreshold(this.decibels);
  }

  /** Removes quiet steps from both ends of a word: attention alone adds a pause to one of its neighbours. Times in seconds. */
  trim({ start, end }: { start: number; end: number }): { start: number; end: number } {
    let first = Math.round(start * stepsPerSecond);
    let last = Math.min(this.decibels.length, Math.round(end * stepsPerSecond));
    while (last - first > minSteps && this.isQuiet(last - 1)) {
      last--;
    }
    while (last - first > minSteps && this.isQuiet(first)) {
      first++;
    }
    return { start: first / stepsPerSecond, end: last / stepsPerSecond };
  }

  private isQuiet(step: number): boolean {
    return (this.decibels[step] ?? 0) < this.threshold;
  }
}

/** Mean power of each step, in decibels. */
function loudness(samples: Float32Array): Float32Array {
  return Float32Array.from({ length: Math.ceil(samples.length / samplesPerStep) }, (_, step) => {
    let energy = silence;
    for (const sample of samples.subarray(step * samplesPerStep, (step + 1) * samplesPerStep)) {
      energy += sample * sample;
    }
    return 10 * Math.log10(energy / samplesPerStep);
  });
}

/** 30 % of the way from the quietest to the loudest steps, but at most 35 dB below the loudest. */
function quietThreshold(decibels: Float32Array): number {
  const sorted = decibels.toSorted();
  const quantile = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0;
  const quiet = quantile(0.05);
  const loud = quantile(0.95);
  return Math.max(quiet + 0.3 * (loud - quiet), loud - 35);
}
