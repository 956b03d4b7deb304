import type { MessagePort } from 'node:worker_threads';
import { AudioError } from '../../audio/sound/sound';
import { Cancelled } from '../recognition/recogniser';
import { recogniseRecording, type RecognitionTools } from './recogniseRecording';
import type { TaskMessage, TaskReport, ThreadMessage } from './threadMessages';

async function carryOut(
  { id, task, cancel }: TaskMessage,
  tools: RecognitionTools,
  port: MessagePort,
): Promise<TaskReport> {
  try {
    const recording = await recogniseRecording(task, tools, {
      isCancelled: () => Atomics.load(cancel, 0) !== 0,
      onProgress: (progress) =>
        port.postMessage({ id, kind: 'progress', ...progress } satisfies ThreadMessage),
    });
    return { id, kind: 'recognised', recording };
  } catch (thrown) {
    if (thrown instanceof Cancelled) {
      return { id, kind: 'cancelled' };
    }
    if (thrown instanceof AudioError) {
      return { id, kind: 'refused', message: thrown.message };
    }
    throw thrown;
  }
}

/**
 * Carries out the tasks that arrive at a port, one after another. An unexpected error ends the thread, because its state
 * may be broken.
 *
 * @param loaded resolves when the models are loaded; if it rejects, the thread ends as well
 */
export function serveTasks(port: MessagePort, tools: RecognitionTools, loaded: Promise<unknown>): void {
  void loaded.then(() => port.postMessage({ kind: 'loaded' } satisfies ThreadMessage));
  let turn: Promise<void> = Promise.resolve();
  port.on('message', (message: TaskMessage) => {
    turn = turn.then(async () => port.postMessage(await carryOut(message, tools, port)));
  });
}
