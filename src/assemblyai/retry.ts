import { asFailure, type FailureKind } from '../core/failures/failure';
import { maxTries, retryDelayMs, triesFor, type Operation } from '../core/jobs/retryTiming';
import type { Clock, Log } from '../core/ports';
import { abortFailure } from './httpClient';

/** What `Retry` needs. */
export interface RetryOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** Returns numbers in [0, 1), which vary the delays between tries. */
  readonly random: () => number;
}

/** Repeats requests that failed, as often and with such delays as `retryTiming` allows. */
export class Retry {
  constructor(private readonly options: RetryOptions) {}

  /**
   * Runs an attempt until it succeeds.
   * @throws Failure `cancelled` as soon as the signal is aborted; any other after as many tries as `triesFor` allows
   */
  async run<T>(operation: Operation, signal: AbortSignal, attempt: () => Promise<T>): Promise<T> {
    const { log, random } = this.options;
    const countsByKind = new Map<FailureKind, number>();
    for (let tried = 1; ; tried++) {
      try {
        if (signal.aborted) {
          throw abortFailure(signal);
        }
        return await attempt();
      } catch (thrown) {
        const failure = asFailure(thrown);
        const count = (countsByKind.get(failure.kind) ?? 0) + 1;
        countsByKind.set(failure.kind, count);
        if (count >= triesFor(operation, failure) || tried === maxTries) {
          throw failure;
        }
        const delayMs = retryDelayMs(failure, tried, random());
        log.warn(`${operation}: ${failure.kind}, ${failure.message}; try ${tried + 1} in ${delayMs} ms`);
        await this.sleep(delayMs, signal);
      }
    }
  }

  /** Waits. @throws Failure `cancelled`, or the Failure that the signal was aborted with */
  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    try {
      await this.options.clock.sleep(ms, signal);
    } catch (thrown) {
      throw signal.aborted ? abortFailure(signal) : thrown;
    }
  }
}
