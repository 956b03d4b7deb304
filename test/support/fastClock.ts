import type { Clock } from '../../src/core/ports';

/** The same time, so many times as fast: minutes of patience cost a test some milliseconds, and stay in proportion. */
export function fastClock(clock: Clock, speed: number): Clock {
  const startMs = clock.now();
  return {
    now: () => Math.round(startMs + (clock.now() - startMs) * speed),
    sleep: (ms, signal) => clock.sleep(ms / speed, signal),
  };
}
