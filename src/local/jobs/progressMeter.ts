import type { RecognitionProgress } from './recogniser';

/** `local_progress` of a transcript that is being processed; what is not known is not there. */
export interface ProgressBody {
  /** Of the sound, over all channels, 0 to 1. */
  readonly fraction?: number;
  /** By the speed so far. */
  readonly remaining_seconds?: number;
}

/** Follows one job. */
export class ProgressMeter {
  #first: (RecognitionProgress & { readonly atMs: number }) | undefined;
  #last: (RecognitionProgress & { readonly atMs: number }) | undefined;

  /** @param atMs ms since 1970 */
  report(progress: RecognitionProgress, atMs: number): void {
    this.#last = { ...progress, atMs };
    // What came before the first step, such as loading the models, says nothing about speed.
    this.#first ??= progress.doneMs > 0 ? this.#last : undefined;
  }

  get body(): ProgressBody {
    const [first, last] = [this.#first, this.#last];
    if (last?.totalMs === undefined || last.totalMs <= 0) {
      return {};
    }
    const fraction = Math.min(1, last.doneMs / last.totalMs);
    if (first === undefined) {
      return { fraction };
    }
    // In ms of sound per ms.
    const speed = (last.doneMs - first.doneMs) / (last.atMs - first.atMs);
    return speed > 0 && Number.isFinite(speed)
      ? {
          fraction,
          remaining_seconds: Math.round(Math.max(0, last.totalMs - last.doneMs) / speed / 1000),
        }
      : { fraction };
  }
}
