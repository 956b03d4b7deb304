import type { Worker } from 'node:worker_threads';
import type { Log } from '../../core/ports';
import type { RecognisedRecording } from '../recognition/recognisedSpeech';
import {
  Cancelled,
  RecognitionError,
  type Recogniser,
  type RecognitionOptions,
  type RecognitionTask,
} from '../recognition/recogniser';
import type { TaskMessage, ThreadMessage } from './threadMessages';

/** After this many crashes, the thread gives up on a recording. */
const maxTries = 2;

/** How long a thread may take to obey a request to stop. Its longest step takes seconds. */
const defaultStopTimeoutMs = 30_000;

/**
 * How long a thread may take for `minProgressMs` of sound. Damaged files can send the reader of a container into an endless
 * loop, or into a long one at every packet. Even the slowest machines are a hundred times as fast.
 */
const defaultStuckTimeoutMs = 180_000;
const minProgressMs = 5000;
/** Skipping hours of a recording takes up to some minutes without any progress, so the timeout is this many times longer. */
const skippingFactor = 5;
/**
 * A thread counts as stuck after this many checks in a row without progress. One long timer would not do: when the machine
 * wakes up from sleep, all of its time may seem to have passed.
 */
const maxIdleChecks = 10;

class ThreadDied extends Error {}

interface Thread {
  readonly worker: Worker;
  isLoaded: boolean;
  isStuck: boolean;
  /** The error that ended the thread. */
  error: unknown;
}

/** Recognises recordings in a thread, so that the server keeps answering and survives if the thread crashes. */
export class RecognitionThread implements Recogniser {
  private thread: Thread | undefined;
  private lastId = 0;

  /**
   * @param startWorker starts a thread that receives `TaskMessage` and sends `ThreadMessage`
   * @param stopTimeoutMs how long a thread may ignore a request to stop
   * @param stuckTimeoutMs how long a thread with a task may make next to no progress
   */
  constructor(
    private readonly startWorker: () => Worker,
    private readonly log: Log,
    private readonly stopTimeoutMs = defaultStopTimeoutMs,
    private readonly stuckTimeoutMs = defaultStuckTimeoutMs,
  ) {}

  /** Starts the thread, so that its models are loaded before the first job arrives. */
  prepare(): void {
    this.running();
  }

  private running(): Thread {
    return (this.thread ??= this.start());
  }

  private start(): Thread {
    const worker = this.startWorker();
    const thread: Thread = { worker, isLoaded: false, isStuck: false, error: undefined };
    worker.on('message', ({ kind }: ThreadMessage) => (thread.isLoaded ||= kind === 'loaded'));
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

  async recognise(task: RecognitionTask, options: RecognitionOptions): Promise<RecognisedRecording> {
    for (let tried = 1; ; tried++) {
      try {
        return await this.try(task, options);
      } catch (thrown) {
        if (!(thrown instanceof ThreadDied)) {
          throw thrown;
        }
        if (tried === maxTries) {
          throw new RecognitionError(
            'The recognizer crashed twice on this recording, perhaps because it ran out of memory.',
          );
        }
      }
    }
  }

  /** Ends the thread. */
  async close(): Promise<void> {
    await this.thread?.worker.terminate();
  }

  private try(
    task: RecognitionTask,
    { signal, onProgress }: RecognitionOptions,
  ): Promise<RecognisedRecording> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(new Cancelled());
        return;
      }
      const thread = this.running();
      const { worker } = thread;
      const message: TaskMessage = {
        id: ++this.lastId,
        task,
        cancel: new Int32Array(new SharedArrayBuffer(4)),
      };
      const stopWatching = this.endIfStuck(
        thread,
        task.fromMs > 0 ? skippingFactor * this.stuckTimeoutMs : this.stuckTimeoutMs,
      );
      const settle = (action: () => void): void => {
        stopWatching();
        worker.off('message', onMessage).off('exit', onExit);
        signal.removeEventListener('abort', onAbort);
        action();
      };
      const onMessage = (report: ThreadMessage): void => {
        if (report.kind === 'loaded' || report.id !== message.id) {
          return;
        }
        switch (report.kind) {
          case 'progress':
            onProgress(report);
            break;
          case 'recognised':
            settle(() => resolve(report.recording));
            break;
          case 'refused':
            settle(() => reject(new RecognitionError(report.message)));
            break;
          case 'cancelled':
            settle(() => reject(new Cancelled()));
        }
      };
      const onExit = (): void => settle(() => reject(exitError(thread)));
      const onAbort = (): void => {
        // The thread notices soon. Until then, the next task waits in its queue.
        Atomics.store(message.cancel, 0, 1);
        this.endIfStillRunning(worker, message.id);
        settle(() => reject(new Cancelled()));
      };
      worker.on('message', onMessage).on('exit', onExit);
      signal.addEventListener('abort', onAbort, { once: true });
      worker.postMessage(message);
    });
  }

  /** Ends the thread if it makes too little progress. The returned function stops watching it. */
  private endIfStuck(thread: Thread, timeoutMs: number): () => void {
    const { worker } = thread;
    let idleChecks = 0;
    let doneMs = 0;
    const onMessage = (message: ThreadMessage): void => {
      if (message.kind !== 'progress') {
        idleChecks = 0;
      } else if (message.doneMs >= doneMs + minProgressMs) {
        idleChecks = 0;
        doneMs = message.doneMs;
      }
    };
    const timer = setInterval(() => {
      idleChecks += 1;
      if (idleChecks === maxIdleChecks) {
        this.log.warn('The recognition thread is stuck and was ended');
        thread.isStuck = true;
        void worker.terminate();
      }
    }, timeoutMs / maxIdleChecks);
    worker.on('message', onMessage);
    return () => {
      clearInterval(timer);
      worker.off('message', onMessage);
    };
  }

  /** Ends the thread if it does not stop a cancelled task in time, because it would never get to the next one. */
  private endIfStillRunning(worker: Worker, taskId: number): void {
    const timer = setTimeout(() => {
      this.log.warn('The recognition thread did not stop and was ended');
      void worker.terminate();
    }, this.stopTimeoutMs);
    const onMessage = (message: ThreadMessage): void => {
      if (message.kind !== 'loaded' && message.kind !== 'progress' && message.id === taskId) {
        stopWaiting();
      }
    };
    const stopWaiting = (): void => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('exit', stopWaiting);
    };
    worker.on('message', onMessage).on('exit', stopWaiting);
  }
}

/** The error for a recording whose thread ended in the middle of it. */
function exitError(thread: Thread): Error {
  if (thread.isStuck) {
    return new RecognitionError('The recognizer got stuck on this recording. The file is probably damaged.');
  }
  return failedToLoad(thread) ? loadError(thread.error) : new ThreadDied();
}

/** Whether the thread died before its models were loaded. Another thread would die as well. */
function failedToLoad({ isLoaded, error }: Thread): boolean {
  return !isLoaded && error !== undefined;
}

function loadError(error: unknown): RecognitionError {
  const reason = error instanceof Error ? error.message : String(error);
  return new RecognitionError(`The speech recognizer could not be loaded: ${reason}`, { cause: error });
}
