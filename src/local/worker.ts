import { parentPort } from 'node:worker_threads';
import { openSound } from '../audio/openSound';
import { SpeechEngine } from './speech/speechEngine';
import { serveTasks } from './thread/serveTasks';

// The entry point of the recognition thread. Its models are in the same folder. Loading them starts at once; tasks wait
// until it is done.
const engine = SpeechEngine.load(__dirname);

if (parentPort === null) {
  throw new Error('This file can only run in a thread of the speech server');
}
serveTasks(
  parentPort,
  { openSound, transcribe: async (samples, options) => (await engine).transcribe(samples, options) },
  engine,
);
