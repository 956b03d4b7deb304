import { Worker } from 'node:worker_threads';
import type { MediaOrder, MediaReport } from '../../protocol/mediaThread';
import type { Clock, Log } from '../../core/ports';

export interface MediaThreadOptions {
  /** The media program. */
  readonly program: string;
  readonly clock: Clock;
  readonly log: Pick<Log, 'info'>;
}

export interface OrderOptions {
  readonly signal: AbortSignal;
  /** How long the program may go without progress, ms. */
  readonly patienceMs: number;
  /** Told how much is done, from 0 to 1. */
  readonly onProgress?: (done: number) => void;
}

/** After so long without an order the program ends, and gives its memory back. */
const idleMs = 60_000;
/** Patience is spent in parts, since after a sleep of the machine all of it may seem to have passed. */
const looks = 10;
/** A damaged file may say that it is huge; the program then dies of that, and not the editor. */
const mostMemoryMb = 1024;

/** The media program in a thread: started with the first order, ended when idle, stuck or told to, and started again. */
export class MediaThread {
  private worker: Worker | undefined;
  /** Settles when the last order that was given has ended. */
  private last: Promise<unknown> = Promise.resolve();
  private rest = new AbortController();
  private isDisposed = false;

  constructor(private readonly options: MediaThreadOptions) {}

  /**
   * Has an order carried out, after those that were given before. When it is aborted or has ended, nothing is written for
   * it any more.
   *
   * @returns undefined when the program got stuck or died of it
   * @throws the reason of the signal
   */
  carryOut(order: MediaOrder, options: OrderOptions): Promise<MediaReport | undefined> {
    // One of its own for each order: Node warns when hundreds listen to the same.
    const signal = AbortSignal.any([options.signal]);
    return new Promise((resolve, reject) => {
      const leave = (): void => reject(signal.reason as Error);
      signal.addEventListener('abort', leave, { once: true });
      const turn = this.last.then(() => {
        // From here on the thread has to be ended first.
        signal.removeEventListener('abort', leave);
        return this.begin(order, { ...options, signal });
      });
      this.last = turn.catch(() => undefined);
      turn.then(resolve, reject);
    });
  }

  /** Ends the program, whatever it is at. */
  dispose(): void {
    this.isDisposed = true;
    this.rest.abort();
    void this.end();
  }

  private async begin(order: MediaOrder, options: OrderOptions): Promise<MediaReport | undefined> {
    options.signal.throwIfAborted();
    if (this.isDisposed) {
      return undefined;
    }
    this.rest.abort();
    const report = await this.watched((this.worker ??= this.start()), order, options);
    void this.endWhenIdle();
    options.signal.throwIfAborted();
    return report;
  }

  private start(): Worker {
    const { program, log } = this.options;
    const worker = new Worker(program, { resourceLimits: { maxOldGenerationSizeMb: mostMemoryMb } });
    // Nobody's exit waits for it.
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
      return await answer(worker, order, (now) => {
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
    for (let silentLooks = 0; silentLooks < looks; silentLooks++) {
      if (!(await slept(clock, patienceMs / looks, over))) {
        return;
      }
      if (done() > seen) {
        seen = done();
        silentLooks = -1;
      }
    }
    log.info('The media program is stuck, and is ended');
    await this.end();
  }

  private async endWhenIdle(): Promise<void> {
    this.rest = new AbortController();
    if (await slept(this.options.clock, idleMs, this.rest.signal)) {
      await this.end();
    }
  }

  private async end(): Promise<void> {
    const { worker } = this;
    this.worker = undefined;
    await worker?.terminate();
  }
}

/** Gives the order, and waits for the answer, or for the end of the thread. */
function answer(
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

/** Waits, and says whether it was left to. */
async function slept(clock: Clock, ms: number, signal: AbortSignal): Promise<boolean> {
  return clock.sleep(ms, signal).then(
    () => true,
    () => false,
  );
}
