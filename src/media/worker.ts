import { parentPort, type MessagePort } from 'node:worker_threads';
import { Logging, LogLevel } from 'mediabunny';
import type { MediaOrder, MediaReport } from '../protocol/mediaThread';
import { durationOf } from '../audio/duration';
import { extractSound } from '../audio/extractSound';

/*
 * The media program. It runs in its own thread, because some damaged files make a reader of containers loop for ever. The extension
 * then ends the thread.
 */

// What it has to say comes as errors; the console is not read.
Logging.level = LogLevel.Silent;

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
