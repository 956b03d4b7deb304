import { existsSync, writeFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { AudioError } from '../../../../src/audio/sound/sound';
import { Cancelled } from '../../../../src/local/recognition/recogniser';
import type { RecognitionTools } from '../../../../src/local/thread/recogniseRecording';
import { serveTasks } from '../../../../src/local/thread/serveTasks';

/**
 * A recognition thread without models. The path of a task is a command:
 * - `recognise`: returns the word "Hello."
 * - `refuse <message>`: refuses the recording with that message
 * - `die`: crashes
 * - `die once <file>`: crashes if the file does not exist, and creates it
 * - `hang`: never returns
 *
 * Environment variables change what `recognise` does: with WAIT=yes it is busy until it is cancelled, with WAIT=crawl it
 * reports next to no progress until it is cancelled, and with LOAD=fails the models cannot be loaded.
 */
const loaded =
  process.env['LOAD'] === 'fails' ? Promise.reject(new Error('no models/encoder.ort')) : Promise.resolve();

const tools: RecognitionTools = {
  openSound: (path) => {
    const [, verb, rest = ''] = /^(die once|\w+) ?(.*)$/.exec(path) ?? [];
    while (verb === 'hang') {
      // Never ends.
    }
    if (verb === 'refuse') {
      return Promise.reject(new AudioError('notAudio', rest));
    }
    if (verb === 'die' || (verb === 'die once' && !existsSync(rest))) {
      if (rest !== '') {
        writeFileSync(rest, '');
      }
      throw new RangeError('out of memory');
    }
    return Promise.resolve({
      channels: 1,
      durationSeconds: 1,
      close: () => Promise.resolve(),
      samples: async function* () {
        yield await Promise.resolve(new Float32Array(16_000));
      },
    });
  },
  transcribe: (_, { isCancelled, onProgress }) => {
    onProgress(500);
    while (process.env['WAIT'] === 'crawl' && !isCancelled()) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
      onProgress(501);
    }
    // Like inference, this loop keeps the thread from receiving messages.
    while (process.env['WAIT'] === 'yes' && !isCancelled()) {
      // Waits for the cancel flag.
    }
    if (isCancelled()) {
      return Promise.reject(new Cancelled());
    }
    const words = [{ text: 'Hello.', startMs: 0, endMs: 500, confidence: 1 }];
    return Promise.resolve({ words, durationMs: 1000, englishConfidence: undefined });
  },
};

serveTasks(parentPort!, tools, loaded);
