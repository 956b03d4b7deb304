import { parentPort } from 'node:worker_threads';
import { openSound } from '../audio/openSound';
import { SpeechEngine } from './speech/engine';
import { serveOrders } from './thread/serveOrders';

/** The recognition thread. Its models lie beside it; they are loaded at once, and used as soon as they are there. */
const engine = SpeechEngine.load(__dirname);

if (parentPort === null) {
  throw new Error('This file runs in a thread of the local server only');
}
serveOrders(
  parentPort,
  { openSound, transcribe: async (samples, options) => (await engine).transcribe(samples, options) },
  engine,
);
