import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../core/ports';

/** The computer's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    try {
      await setTimeout(ms, undefined, { signal });
    } catch (thrown) {
      // Node rejects with an AbortError of its own. The reason of the signal is what callers expect.
      signal.throwIfAborted();
      throw thrown;
    }
  },
};
