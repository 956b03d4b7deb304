import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../core/ports';

/** The computer's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    try {
      await setTimeout(ms, undefined, { signal });
    } catch (thrown) {
      // Node rejects with its own AbortError, but callers expect the reason of the signal.
      signal.throwIfAborted();
      throw thrown;
    }
  },
};
