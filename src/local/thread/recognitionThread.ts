import type { Worker } from 'node:worker_threads';
import type { Log } from '../../core/jobs/ports';
import {
  RecognitionError,
  type Recogniser,
  type Recognition,
  type RecognitionOptions,
  type RecognitionTask,
} from '../jobs/recogniser';
import { Cancelled } from '../speech/speech';
import type { Order, Report } from './messages';

/** Recordings on which the thread dies so often are given up. */
const mostTries = 2;

class ThreadDied extends Error {}

/** Recognises in a thread of its own, so that the server answers meanwhile, and survives what the thread does not. */
export class RecognitionThread implements Recogniser {
  #worker: Worker | undefined;
  #orders = 0;

  /** @param startWorker a thread that understands `Order` and answers with `Report` */
  constructor(
    private readonly startWorker: () => Worker,
    private readonly log: Log,
  ) {}

  /** Starts the thread, so that its models are loaded when the first job comes. */
  prepare(): Worker {
    if (this.#worker !== undefined) {
      return this.#worker;
    }
    const worker = this.startWorker();
    // Every recognition that runs listens to it as well.
    worker.on('error', (error) => this.log.error(`The recognition thread died: ${String(error)}`));
    worker.once('exit', () => {
      if (this.#worker === worker) {
        this.#worker = undefined;
      }
    });
    this.#worker = worker;
    return worker;
  }

  async recognise(task: RecognitionTask, options: RecognitionOptions): Promise<Recognition> {
    for (let tried = 1; ; tried++) {
      try {
        return await this.#try(task, options);
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
    await this.#worker?.terminate();
  }

  #try(task: RecognitionTask, { signal, onProgress }: RecognitionOptions): Promise<Recognition> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(new Cancelled());
        return;
      }
      const worker = this.prepare();
      const order: Order = { id: ++this.#orders, task, cancel: new Int32Array(new SharedArrayBuffer(4)) };
      const settle = (action: () => void): void => {
        worker.off('message', onReport).off('exit', onExit);
        signal.removeEventListener('abort', onAbort);
        action();
      };
      const onReport = (report: Report): void => {
        if (report.id !== order.id) {
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
      const onExit = (): void => settle(() => reject(new ThreadDied()));
      const onAbort = (): void => {
        // The thread notices soon, and takes the next order only then.
        Atomics.store(order.cancel, 0, 1);
        settle(() => reject(new Cancelled()));
      };
      worker.on('message', onReport).on('exit', onExit);
      signal.addEventListener('abort', onAbort, { once: true });
      worker.postMessage(order);
    });
  }
}
