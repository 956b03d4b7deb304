import { basename } from 'node:path';
import { parentPort } from 'node:worker_threads';
import type { MediaOrder, MediaReport } from '../../../../src/protocol/mediaThread';

/**
 * A media program without media. The name of the file says what happens: `count` tells how many orders there were so far,
 * `hang` hears nothing any more, `half` does so after half of the work, `die` dies, and `sound` is had at once.
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
    // For ever.
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
