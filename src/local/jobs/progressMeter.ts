import type { RecognitionProgress } from './recogniser';

/** `local_progress` of a transcript that is being processed; what is not known is not there. */
export interface ProgressBody {
  /** Of the sound, over all channels, 0 to 1. */
  readonly fraction?: number;
  /** By the speed so far. */
  readonly remaining_seconds?: number;
}

/** A speed is told when it was measured over so much of the work and for so long; before, it is mostly wrong. */
const leastShare = 0.03;
const leastMs = 2000;

/** Follows one job. */
export class ProgressMeter {
  private first: (RecognitionProgress & { readonly atMs: number }) | undefined;
  private last: (RecognitionProgress & { readonly atMs: number }) | undefined;

  /** @param atMs ms since 1970 */
  report(progress: RecognitionProgress, atMs: number): void {
    this.last = { ...progress, atMs };
    // What came before the first step, such as loading the models, says nothing about speed.
    this.first ??= progress.doneMs > 0 ? this.last : undefined;
  }

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
    if (tookMs < leastMs || doneMs < leastShare * last.totalMs) {
      return { fraction };
    }
    const remainingMs = (Math.max(0, last.totalMs - last.doneMs) * tookMs) / doneMs;
    return { fraction, remaining_seconds: Math.round(remainingMs / 1000) };
  }
}
