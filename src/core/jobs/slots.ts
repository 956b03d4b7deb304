import type { TranscriptBody } from '../transcript/model';

/** How many jobs the service lets process at once, as far as it was seen to hold some back. */
export interface Slots {
  readonly limit: number;
  /** When a job was last seen held back, ms since 1970. */
  readonly throttledMs: number;
}

/** What the last looks at our jobs told, taken together. */
export interface SeenJobs {
  /** Held back by the account's limit. */
  readonly throttled: number;
  readonly processing: number;
}

/** Nothing was seen to be held back. */
export const allSlots: Slots = { limit: Infinity, throttledMs: 0 };

/** After each such time without a job held back, one more is tried: another program may have finished. */
const calmMs = 60_000;

/** Whether the service holds a job back because the account has as many at work as it may. */
export function isThrottled(body: TranscriptBody): boolean {
  return body['throttled'] === true;
}

/** The slots after looks at our jobs: while some are held back, those that process are all that fit. */
export function seen(slots: Slots, { throttled, processing }: SeenJobs, nowMs: number): Slots {
  if (throttled > 0) {
    return { limit: Math.max(1, processing), throttledMs: nowMs };
  }
  // A calendar that was set back must not hold the slots.
  return slots.throttledMs > nowMs ? { ...slots, throttledMs: nowMs } : slots;
}

/**
 * How many jobs may be under way at once: at least 1, never more than the setting.
 *
 * @param setting how many the user wants
 */
export function limitOf(slots: Slots, setting: number, nowMs: number): number {
  const regained = Math.floor(Math.max(0, nowMs - slots.throttledMs) / calmMs);
  return Math.max(1, Math.min(setting, slots.limit + regained));
}

/** A job that waits for its turn. */
interface WaitingJob {
  readonly id: string;
  /** ms since 1970. */
  readonly chosenMs: number;
  /** Whether it was interrupted on its way. */
  readonly hasBegun: boolean;
}

/**
 * The jobs to start now: first those that were interrupted, then in the order in which they were chosen; those chosen
 * together keep theirs.
 */
export function nextToStart<T extends WaitingJob>(
  waiting: readonly T[],
  runningCount: number,
  limit: number,
): readonly T[] {
  const free = Math.max(0, limit - runningCount);
  return waiting
    .toSorted((a, b) => Number(b.hasBegun) - Number(a.hasBegun) || a.chosenMs - b.chosenMs)
    .slice(0, free);
}
