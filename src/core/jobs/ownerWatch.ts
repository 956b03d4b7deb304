/**
 * The heartbeat of a window that has jobs, as another window reads it: a text that is different after each beat.
 * Undefined when the window is known to be gone.
 */
export type Heartbeat = string | undefined;

/** Observations in a row with the same heartbeat after which a window counts as gone. */
const maxUnchanged = 5;

/** Observations for which the jobs of a window that is gone are left to the window whose workspace has the recording. */
const reservedForNearest = 3;

interface Observed {
  readonly heartbeat: Heartbeat;
  /** Observations in a row with the same heartbeat as the one before. */
  readonly unchanged: number;
  /** Observations in a row in which the window was gone. */
  readonly gone: number;
}

/**
 * Tells which windows are gone, so that another window may take over their jobs. It counts observations and asks no
 * clock: neither a clock that is set nor a laptop that sleeps makes a living window look dead, since all windows beat
 * again before this one has observed them often enough. Observations must be as far apart as beats, 5 s; then the jobs
 * of a killed window are taken over within 45 s.
 */
export class OwnerWatch {
  private observed: ReadonlyMap<string, Observed> = new Map();

  /**
   * One observation.
   * @param owners that have jobs
   * @param heartbeats of all windows that may be there; a window without one is gone
   */
  observe(owners: Iterable<string>, heartbeats: ReadonlyMap<string, Heartbeat>): void {
    const all = new Set([...owners, ...heartbeats.keys()]);
    this.observed = new Map(
      [...all].map((owner) => [owner, next(this.observed.get(owner), heartbeats.get(owner))]),
    );
  }

  /** Whether a window was gone when it was last observed; a window that never was, is not. */
  isGone(owner: string): boolean {
    return this.timesGone(owner) > 0;
  }

  /** The windows that were gone in the last observation. */
  get gone(): readonly string[] {
    return [...this.observed.keys()].filter((owner) => this.isGone(owner));
  }

  /**
   * Whether the jobs of a window may be taken over.
   * @param isNear whether the recording lies in this window's workspace, where its user would look for the note
   */
  mayTakeOver(owner: string, isNear: boolean): boolean {
    return this.timesGone(owner) > (isNear ? 0 : reservedForNearest);
  }

  private timesGone(owner: string): number {
    return this.observed.get(owner)?.gone ?? 0;
  }
}

function next(before: Observed | undefined, heartbeat: Heartbeat): Observed {
  const unchanged = before !== undefined && before.heartbeat === heartbeat ? before.unchanged + 1 : 0;
  const isGone = heartbeat === undefined || unchanged >= maxUnchanged;
  return { heartbeat, unchanged, gone: isGone ? (before?.gone ?? 0) + 1 : 0 };
}
