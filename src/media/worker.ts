import { parentPort, type MessagePort } from 'node:worker_threads';
import type { MediaOrder, MediaReport } from '../protocol/mediaThread';
import { durationOf } from '../audio/duration';
import { extractSound } from '../audio/extractSound';

/*
 * The media program: reads durations, and copies the sound of videos. It runs in a thread of its own, which can be ended from
 * outside, because some damaged files keep a reader of containers busy for ever.
 */

async function carryOut(order: MediaOrder, report: (report: MediaReport) => void): Promise<MediaReport> {
  if (order.kind === 'duration') {
    return { kind: 'duration', seconds: await durationOf(order.path) };
  }
  try {
    const onProgress = (done: number): void => report({ kind: 'progress', done });
    return { kind: 'sound', sound: await extractSound(order.source, order.target, onProgress) };
  } catch (thrown) {
    return { kind: 'refused', reason: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

function serve(port: MessagePort): void {
  const report = (each: MediaReport): void => port.postMessage(each);
  port.on('message', (order: MediaOrder) => void carryOut(order, report).then(report));
}

if (parentPort === null) {
  throw new Error('This file runs in a thread only');
}
serve(parentPort);
