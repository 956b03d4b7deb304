import type { TranscriptBody } from '../transcript/model';

/** How many jobs a service processes at once, as far as polls have told. */
export interface Slots {
  readonly limit: number;
  /** When a poll last found a job held back, ms since 1970. */
  readonly throttledMs: number;
}

/** What the last polls of all jobs of this window told. */
export interface PolledJobs {
  /** Held back by the account's limit. */
  readonly throttled: number;
  readonly processing: number;
}

/** No job was held back yet. */
export const allSlots: Slots = { limit: Infinity, throttledMs: 0 };

/** Each time that no job was held back for so long, one more is tried: another program may have finished. */
const calmMs = 60_000;

/** Whether the service holds a job back because the account has as many at work as it may. */
export function isThrottled(body: TranscriptBody): boolean {
  return body['throttled'] === true;
}

/** The slots after polls: while jobs are held back, the jobs that are processed are as many as fit. */
export function slotsAfter(slots: Slots, { throttled, processing }: PolledJobs, nowMs: number): Slots {
  if (throttled > 0) {
    return { limit: Math.max(1, processing), throttledMs: nowMs };
  }
  // A calendar that was set back must not block the slots.
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
 * The jobs to start now: first those that were interrupted, then the others in the order in which they were chosen. Jobs
 * that were chosen together keep their order.
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
