import { existsSync, writeFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { AudioError } from '../../../../src/audio/sound/sound';
import { serveOrders } from '../../../../src/local/thread/serveOrders';
import type { Workers } from '../../../../src/local/thread/recognise';
import { Cancelled } from '../../../../src/local/speech/heard/speech';

/**
 * A recognition thread without models. The path of a task says what happens: `hear`, `refuse <words>`, `die`, or
 * `die once <file>`, which leaves a mark for the next one, or `go deaf`. With WAIT=yes it hears until it is cancelled, with WAIT=crawl it tells of progress that is none,
 * with LOAD=fails it has no models.
 */
const loaded =
  process.env['LOAD'] === 'fails' ? Promise.reject(new Error('no models/encoder.ort')) : Promise.resolve();

const workers: Workers = {
  openSound: (path) => {
    const [, verb, rest = ''] = /^(die once|\w+) ?(.*)$/.exec(path) ?? [];
    while (verb === 'go') {
      // For ever.
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
    // As inference does: busy, and deaf to messages.
    while (process.env['WAIT'] === 'yes' && !isCancelled()) {
      // Until the flag is up.
    }
    if (isCancelled()) {
      return Promise.reject(new Cancelled());
    }
    const words = [{ text: 'Heard.', startMs: 0, endMs: 500, confidence: 1 }];
    return Promise.resolve({ words, durationMs: 1000, englishConfidence: undefined });
  },
};

serveOrders(parentPort!, workers, loaded);
