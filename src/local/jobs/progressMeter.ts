import type { RecognitionProgress } from '../recognition/recogniser';

/** `local_progress` in the body of a transcript that is being processed. Values that are not known yet are left out. */
export interface ProgressBody {
  /** How much of the sound is done, over all channels, 0 to 1. */
  readonly fraction?: number;
  /** Estimate from the speed so far. */
  readonly remaining_seconds?: number;
}

/** The speed is measured over at least this share of the work and this much time. Earlier estimates are mostly wrong. */
const minShare = 0.03;
const minMs = 2000;

/** Measures the progress of one job and estimates how long it still takes. */
export class ProgressMeter {
  private first: (RecognitionProgress & { readonly atMs: number }) | undefined;
  private last: (RecognitionProgress & { readonly atMs: number }) | undefined;

  /**
   * Takes in a report of the recogniser.
   *
   * @param atMs when it was made, ms since 1970
   */
  report(progress: RecognitionProgress, atMs: number): void {
    this.last = { ...progress, atMs };
    // The time before the first step says nothing about speed: the models may have been loading.
    this.first ??= progress.doneMs > 0 ? this.last : undefined;
  }

  /** The progress by the last report. */
  get body(): ProgressBody {
    const [first, last] = [this.first, this.last];
    if (last?.totalMs === undefined || last.totalMs <= 0) {
      return {};
    }
    const fraction = Math.min(1, last.doneMs / last.totalMs);
    if (first === undefined) {
      return { fraction };
    }
    const [doneMs, tookMs] = [last.doneMs - first.doneMs, last.atMs - first.atMs];
    if (tookMs < minMs || doneMs < minShare * last.totalMs) {
      return { fraction };
    }
    const remainingMs = (Math.max(0, last.totalMs - last.doneMs) * tookMs) / doneMs;
    return { fraction, remaining_seconds: Math.round(remainingMs / 1000) };
  }
}
