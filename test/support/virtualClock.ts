import { setImmediate as afterMicrotasks } from 'node:timers/promises';
import type { Clock } from '../../src/core/ports';

interface Sleeper {
  readonly dueMs: number;
  readonly wake: () => void;
}

/**
 * A clock whose time passes only when a test says so. Sleepers wake one after another, in the order of their times,
 * and what one of them does is done before the next one wakes; real network and disk are not waited for.
 */
export class VirtualClock implements Clock {
  /** What was asked to be slept, in order, ms. */
  readonly slept: number[] = [];
  private asleep: Sleeper[] = [];
  /** Time that passed; a computer's calendar may be changed beside it. */
  private passedMs = 0;
  private calendarMs: number;

  /** @param startMs ms since 1970 */
  constructor(startMs = 1_000_000_000) {
    this.calendarMs = startMs;
  }

  now(): number {
    return this.calendarMs + this.passedMs;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) {
      return Promise.reject(signal.reason as Error);
    }
    this.slept.push(ms);
    return new Promise((resolve, reject) => {
      const abandon = (): void => {
        this.asleep = this.asleep.filter((each) => each !== sleeper);
        reject(signal.reason as Error);
      };
      const wake = (): void => {
        signal.removeEventListener('abort', abandon);
        resolve();
      };
      const sleeper = { dueMs: this.passedMs + Math.max(0, ms), wake };
      signal.addEventListener('abort', abandon, { once: true });
      this.asleep.push(sleeper);
    });
  }

  /** How many sleeps have not ended. */
  get sleepers(): number {
    return this.asleep.length;
  }

  /** Lets that much time pass, and ends the sleeps that are due. */
  async advance(ms: number): Promise<void> {
    const endMs = this.passedMs + ms;
    await afterMicrotasks();
    while (this.next !== undefined && this.next.dueMs <= endMs) {
      await this.wakeNext();
    }
    this.passedMs = endMs;
  }

  /** Lets time pass until no sleep is left. Abort what sleeps forever, such as a heartbeat, before. */
  async runUntilIdle(): Promise<void> {
    await afterMicrotasks();
    while (this.next !== undefined) {
      await this.wakeNext();
    }
  }

  /**
   * Lets time pass until that work is done, and settles as it does.
   * @throws Error when the work is not done and no sleep is left: it would wait forever
   */
  async run<T>(work: Promise<T>): Promise<T> {
    const state = { isDone: false };
    const done = (): void => void (state.isDone = true);
    work.then(done, done);
    await afterMicrotasks();
    while (!state.isDone) {
      if (this.next === undefined) {
        throw new Error('The work waits for something other than the clock');
      }
      await this.wakeNext();
    }
    return work;
  }

  /** Changes the calendar without ending any sleep, as when a laptop slept or its user set the time. */
  jump(ms: number): void {
    this.calendarMs += ms;
  }

  /** The earliest; of several, the one that fell asleep first. */
  private get next(): Sleeper | undefined {
    return this.asleep.reduce<Sleeper | undefined>(
      (first, each) => (first === undefined || each.dueMs < first.dueMs ? each : first),
      undefined,
    );
  }

  private async wakeNext(): Promise<void> {
    const sleeper = this.next;
    if (sleeper !== undefined) {
      this.asleep.splice(this.asleep.indexOf(sleeper), 1);
      this.passedMs = Math.max(this.passedMs, sleeper.dueMs);
      sleeper.wake();
      await afterMicrotasks();
    }
  }
}
