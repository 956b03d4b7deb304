import { basename } from 'node:path';
import { parentPort } from 'node:worker_threads';
import type { MediaOrder, MediaReport } from '../../../../src/protocol/mediaThread';

/**
 * A media program that reads no files. The name of the file says what it does: `count` returns the number of orders so
 * far, `hang` hangs, `half` hangs after half of the work, `die` throws, and `sound` succeeds at once.
 */
const report = (each: MediaReport): void => parentPort!.postMessage(each);
let orders = 0;

parentPort!.on('message', (order: MediaOrder) => {
  orders += 1;
  const verb = basename(order.kind === 'duration' ? order.path : order.source);
  if (verb === 'half') {
    report({ kind: 'progress', done: 0.5 });
  }
  while (verb === 'hang' || verb === 'half') {
    // Hangs.
  }
  if (verb === 'die') {
    throw new RangeError('out of memory');
  }
  report(
    verb === 'sound'
      ? { kind: 'sound', sound: { bytes: 0, track: 1, tracks: 1 } }
      : { kind: 'duration', seconds: orders },
  );
});
