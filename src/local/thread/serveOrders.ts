import type { MessagePort } from 'node:worker_threads';
import { AudioError } from '../../audio/sound/sound';
import { Cancelled } from '../speech/heard/speech';
import type { Order, OrderReport, Report } from './messages';
import { recognise, type Workers } from './recognise';

async function carryOut(
  { id, task, cancel }: Order,
  workers: Workers,
  port: MessagePort,
): Promise<OrderReport> {
  try {
    const recognition = await recognise(task, workers, {
      isCancelled: () => Atomics.load(cancel, 0) !== 0,
      onProgress: (progress) => port.postMessage({ id, kind: 'progress', ...progress } satisfies Report),
    });
    return { id, kind: 'recognised', recognition };
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
 * Carries out orders, one after the other. What nobody foresaw ends the thread: its state is not to be trusted then.
 *
 * @param loaded resolves as soon as the models are there; a rejection ends the thread as well
 */
export function serveOrders(port: MessagePort, workers: Workers, loaded: Promise<unknown>): void {
  void loaded.then(() => port.postMessage({ kind: 'loaded' } satisfies Report));
  let turn: Promise<void> = Promise.resolve();
  port.on('message', (order: Order) => {
    turn = turn.then(async () => port.postMessage(await carryOut(order, workers, port)));
  });
}
