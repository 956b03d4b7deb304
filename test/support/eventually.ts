import { setTimeout as delay } from 'node:timers/promises';

/** Long enough for a busy machine; a condition that holds costs no more than its own time. */
export const patienceMs = 60_000;

const betweenMs = 50;

/** Repeats an assertion until it holds, and returns what it returned; rejects with its last complaint. */
export async function eventually<T>(assertion: () => Promise<T> | T, forMs = patienceMs): Promise<T> {
  const deadline = Date.now() + forMs;
  for (;;) {
    try {
      return await assertion();
    } catch (thrown) {
      if (Date.now() > deadline) {
        throw thrown;
      }
    }
    await delay(betweenMs);
  }
}
