import { Worker } from 'node:worker_threads';
import type { MediaOrder, MediaReport } from '../../protocol/mediaThread';
import type { Clock, Log } from '../../core/ports';

/** What the media program needs. */
export interface MediaProgramOptions {
  /** Absolute path of its script. */
  readonly program: string;
  readonly clock: Clock;
  readonly log: Pick<Log, 'info'>;
}

/** How an order is carried out. */
export interface OrderOptions {
  readonly signal: AbortSignal;
  /** How long the program may go without progress, ms. */
  readonly patienceMs: number;
  /** Called with how much is done, from 0 to 1. */
  readonly onProgress?: (done: number) => void;
}

/** After this long without an order, the program ends and frees its memory. */
const idleMs = 60_000;
/** Progress is checked this often within the patience: after a sleep of the machine, only one part of it seems spent. */
const checks = 10;
/** A damaged file may claim to be huge. Then the program runs out of memory, and not the editor. */
const maxMemoryMb = 1024;

/**
 * The media program in a thread. It starts with the first order, and ends when it is idle or stuck, when an order is
 * aborted, or on `dispose`. The next order starts it again.
 */
export class MediaProgram {
  private worker: Worker | undefined;
  /** Settles when the order that was given last has ended. */
  private last: Promise<unknown> = Promise.resolve();
  /** Aborted when the idle time is over, because of another order or of `dispose`. */
  private idle = new AbortController();
  private isDisposed = false;

  constructor(private readonly options: MediaProgramOptions) {}

  /**
   * Carries out an order after the ones that were given before. Once the result is settled, the program does nothing more
   * for this order.
   *
   * @returns undefined when the program got stuck or died
   * @throws the reason of the signal
   */
  carryOut(order: MediaOrder, options: OrderOptions): Promise<MediaReport | undefined> {
    // A signal for each order: Node warns when a signal has hundreds of listeners.
    const signal = AbortSignal.any([options.signal]);
    return new Promise((resolve, reject) => {
      const abandon = (): void => reject(signal.reason as Error);
      signal.addEventListener('abort', abandon, { once: true });
      const turn = this.last.then(() => {
        // From here on, an abort has to end the thread first.
        signal.removeEventListener('abort', abandon);
        return this.begin(order, { ...options, signal });
      });
      this.last = turn.catch(() => undefined);
      turn.then(resolve, reject);
    });
  }

  /** Ends the program, even in the middle of an order. Orders that wait for their turn return undefined. */
  dispose(): void {
    this.isDisposed = true;
    this.idle.abort();
    void this.end();
  }

  private async begin(order: MediaOrder, options: OrderOptions): Promise<MediaReport | undefined> {
    options.signal.throwIfAborted();
    if (this.isDisposed) {
      return undefined;
    }
    this.idle.abort();
    const report = await this.watched((this.worker ??= this.start()), order, options);
    void this.endWhenIdle();
    options.signal.throwIfAborted();
    return report;
  }

  private start(): Worker {
    const { program, log } = this.options;
    const worker = new Worker(program, { resourceLimits: { maxOldGenerationSizeMb: maxMemoryMb } });
    // It does not keep the process alive.
    worker.unref();
    worker.on('error', (error) => log.info(`The media program died: ${String(error)}`));
    worker.once('exit', () => {
      if (this.worker === worker) {
        this.worker = undefined;
      }
    });
    return worker;
  }

  private async watched(
    worker: Worker,
    order: MediaOrder,
    options: OrderOptions,
  ): Promise<MediaReport | undefined> {
    let done = 0;
    const over = new AbortController();
    const end = (): void => void this.end();
    options.signal.addEventListener('abort', end, { once: true });
    void this.endIfStuck(() => done, options.patienceMs, over.signal);
    try {
      return await sendOrder(worker, order, (now) => {
        done = Math.max(done, now);
        options.onProgress?.(now);
      });
    } finally {
      over.abort();
      options.signal.removeEventListener('abort', end);
    }
  }

  private async endIfStuck(done: () => number, patienceMs: number, over: AbortSignal): Promise<void> {
    const { clock, log } = this.options;
    let seen = done();
    for (let checksWithoutProgress = 0; checksWithoutProgress < checks; checksWithoutProgress++) {
      if (!(await slept(clock, patienceMs / checks, over))) {
        return;
      }
      if (done() > seen) {
        seen = done();
        checksWithoutProgress = -1;
      }
    }
    log.info('The media program is stuck, and is ended');
    await this.end();
  }

  private async endWhenIdle(): Promise<void> {
    if (this.isDisposed) {
      return;
    }
    this.idle = new AbortController();
    if (await slept(this.options.clock, idleMs, this.idle.signal)) {
      await this.end();
    }
  }

  private async end(): Promise<void> {
    const { worker } = this;
    this.worker = undefined;
    await worker?.terminate();
  }
}

/** Sends an order to the thread and waits for its report; undefined when the thread ends first. */
function sendOrder(
  worker: Worker,
  order: MediaOrder,
  onProgress: (done: number) => void,
): Promise<MediaReport | undefined> {
  return new Promise((resolve) => {
    const onExit = (): void => settle(undefined);
    const onMessage = (report: MediaReport): void => {
      if (report.kind === 'progress') {
        onProgress(report.done);
      } else {
        settle(report);
      }
    };
    const settle = (report: MediaReport | undefined): void => {
      worker.off('message', onMessage).off('exit', onExit);
      resolve(report);
    };
    worker.on('message', onMessage).on('exit', onExit);
    worker.postMessage(order);
  });
}

/** Sleeps; false when the sleep was aborted. */
async function slept(clock: Clock, ms: number, signal: AbortSignal): Promise<boolean> {
  return clock.sleep(ms, signal).then(
    () => true,
    () => false,
  );
}
