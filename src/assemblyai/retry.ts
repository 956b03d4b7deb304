import { asFailure, type FailureKind } from '../core/failures/failure';
import { mostTries, retryDelayMs, triesFor, type Operation } from '../core/jobs/retryTiming';
import { abortFailure } from './httpClient';
import type { Clock, Log } from '../core/ports';

export interface RetryOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** Numbers in [0, 1), for the waits between tries. */
  readonly random: () => number;
}

/** Sends again what may be sent again, as often and as late as `retryTiming` says. */
export class Retry {
  constructor(private readonly options: RetryOptions) {}

  /** @throws Failure `cancelled` as soon as the signal is aborted, anything else after the tries that `triesFor` allows */
  async run<T>(operation: Operation, signal: AbortSignal, attempt: () => Promise<T>): Promise<T> {
    const { log, random } = this.options;
    const failed = new Map<FailureKind, number>();
    for (let tried = 1; ; tried++) {
      try {
        if (signal.aborted) {
          throw abortFailure(signal);
        }
        return await attempt();
      } catch (thrown) {
        const failure = asFailure(thrown);
        const alike = (failed.get(failure.kind) ?? 0) + 1;
        failed.set(failure.kind, alike);
        if (alike >= triesFor(operation, failure) || tried === mostTries) {
          throw failure;
        }
        const delayMs = retryDelayMs(failure, tried, random());
        log.warn(`${operation}: ${failure.kind}, ${failure.message}; try ${tried + 1} in ${delayMs} ms`);
        await this.sleep(delayMs, signal);
      }
    }
  }

  /** @throws Failure `cancelled` */
  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    try {
      await this.options.clock.sleep(ms, signal);
    } catch (thrown) {
      throw signal.aborted ? abortFailure(signal) : thrown;
    }
  }
}
