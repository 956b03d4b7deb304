import type { Worker } from 'node:worker_threads';
import {
  RecognitionError,
  type Recogniser,
  type Recognition,
  type RecognitionOptions,
  type RecognitionTask,
} from '../jobs/recogniser';
import { Cancelled } from '../speech/heard/speech';
import type { Order, Report } from './messages';
import type { Log } from '../../core/ports';

/** Recordings on which the thread dies so often are given up. */
const mostTries = 2;

/** A thread that was told to stop and does not listen for so long is ended; its longest step takes seconds. */
const defaultDeafMs = 30_000;

/**
 * A thread that gets on by less sound than this in so long a time is ended: there are damaged files that make a reader of
 * containers go round in circles, for ever or at each packet. The slowest machines are a hundred times as fast.
 */
const defaultStuckMs = 180_000;
const leastProgressMs = 5000;
/** Nothing is told while hours of a recording are skipped, which takes some minutes at the most. */
const skipping = 5;
/** It is looked after in parts of that time, since after a sleep of the machine all of it may seem to have passed. */
const looks = 10;

class ThreadDied extends Error {}

interface Thread {
  readonly worker: Worker;
  isLoaded: boolean;
  isStuck: boolean;
  /** What it died of. */
  error: unknown;
}

/** Recognises in a thread of its own, so that the server answers meanwhile, and survives what the thread does not. */
export class RecognitionThread implements Recogniser {
  private thread: Thread | undefined;
  private orders = 0;

  /**
   * @param startWorker a thread that understands `Order` and answers with `Report`
   * @param deafMs how long a thread that was told to stop may take no notice
   * @param stuckMs how long a thread that has work may make next to no progress
   */
  constructor(
    private readonly startWorker: () => Worker,
    private readonly log: Log,
    private readonly deafMs = defaultDeafMs,
    private readonly stuckMs = defaultStuckMs,
  ) {}

  /** Starts the thread, so that its models are loaded when the first job comes. */
  prepare(): void {
    this.running();
  }

  private running(): Thread {
    return (this.thread ??= this.start());
  }

  private start(): Thread {
    const worker = this.startWorker();
    const thread: Thread = { worker, isLoaded: false, isStuck: false, error: undefined };
    worker.on('message', ({ kind }: Report) => (thread.isLoaded ||= kind === 'loaded'));
    // Every recognition that runs listens to it as well.
    worker.on('error', (error) => {
      thread.error = error;
      this.log.error(`The recognition thread died: ${String(error)}`);
    });
    worker.once('exit', () => {
      if (this.thread === thread) {
        this.thread = undefined;
      }
    });
    return thread;
  }

  async recognise(task: RecognitionTask, options: RecognitionOptions): Promise<Recognition> {
    for (let tried = 1; ; tried++) {
      try {
        return await this.try(task, options);
      } catch (thrown) {
        if (!(thrown instanceof ThreadDied)) {
          throw thrown;
        }
        if (tried === mostTries) {
          throw new RecognitionError(
            'The recogniser crashed twice on this recording, perhaps for want of memory.',
          );
        }
      }
    }
  }

  async close(): Promise<void> {
    await this.thread?.worker.terminate();
  }

  private try(task: RecognitionTask, { signal, onProgress }: RecognitionOptions): Promise<Recognition> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(new Cancelled());
        return;
      }
      const thread = this.running();
      const { worker } = thread;
      const order: Order = { id: ++this.orders, task, cancel: new Int32Array(new SharedArrayBuffer(4)) };
      const stopWatching = this.endIfStuck(thread, task.fromMs > 0 ? skipping * this.stuckMs : this.stuckMs);
      const settle = (action: () => void): void => {
        stopWatching();
        worker.off('message', onReport).off('exit', onExit);
        signal.removeEventListener('abort', onAbort);
        action();
      };
      const onReport = (report: Report): void => {
        if (report.kind === 'loaded' || report.id !== order.id) {
          return;
        }
        switch (report.kind) {
          case 'progress':
            onProgress(report);
            break;
          case 'recognised':
            settle(() => resolve(report.recognition));
            break;
          case 'refused':
            settle(() => reject(new RecognitionError(report.message)));
            break;
          case 'cancelled':
            settle(() => reject(new Cancelled()));
        }
      };
      const onExit = (): void => settle(() => reject(endOf(thread)));
      const onAbort = (): void => {
        // The thread notices soon, and takes the next order only then.
        Atomics.store(order.cancel, 0, 1);
        this.endIfDeaf(worker, order.id);
        settle(() => reject(new Cancelled()));
      };
      worker.on('message', onReport).on('exit', onExit);
      signal.addEventListener('abort', onAbort, { once: true });
      worker.postMessage(order);
    });
  }

  /** Ends a thread that does not get on for too long, until the returned function is called. */
  private endIfStuck(thread: Thread, stuckMs: number): () => void {
    const { worker } = thread;
    let silentLooks = 0;
    let doneMs = 0;
    const onReport = (report: Report): void => {
      if (report.kind !== 'progress') {
        silentLooks = 0;
      } else if (report.doneMs >= doneMs + leastProgressMs) {
        silentLooks = 0;
        doneMs = report.doneMs;
      }
    };
    const looking = setInterval(() => {
      silentLooks += 1;
      if (silentLooks === looks) {
        this.log.warn('The recognition thread is stuck, and is ended');
        thread.isStuck = true;
        void worker.terminate();
      }
    }, stuckMs / looks);
    worker.on('message', onReport);
    return () => {
      clearInterval(looking);
      worker.off('message', onReport);
    };
  }

  /** Ends a thread that does not answer an order which was taken back: it would never get to another one. */
  private endIfDeaf(worker: Worker, orderId: number): void {
    const deadline = setTimeout(() => {
      this.log.warn('The recognition thread does not stop, and is ended');
      void worker.terminate();
    }, this.deafMs);
    const onReport = (report: Report): void => {
      if (report.kind !== 'loaded' && report.kind !== 'progress' && report.id === orderId) {
        stopWaiting();
      }
    };
    const stopWaiting = (): void => {
      clearTimeout(deadline);
      worker.off('message', onReport).off('exit', stopWaiting);
    };
    worker.on('message', onReport).on('exit', stopWaiting);
  }
}

/** What the end of a thread means for the recording it was at. */
function endOf(thread: Thread): Error {
  if (thread.isStuck) {
    return new RecognitionError('The recogniser got stuck on this recording. The file is probably damaged.');
  }
  return isHopeless(thread) ? notLoaded(thread.error) : new ThreadDied();
}

/** Whether a thread died while it was loading, as the next one would. */
function isHopeless({ isLoaded, error }: Thread): boolean {
  return !isLoaded && error !== undefined;
}

function notLoaded(error: unknown): RecognitionError {
  const reason = error instanceof Error ? error.message : String(error);
  return new RecognitionError(`The speech recogniser could not be loaded: ${reason}`, { cause: error });
}
