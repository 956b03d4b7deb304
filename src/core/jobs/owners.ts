/**
 * What is seen of a window that has jobs: a text that is another one after each of its beats. Undefined when it is
 * known to be gone.
 */
export type SignOfLife = string | undefined;

/** Looks in a row in which a window has not beaten once, until it counts as gone. */
const silentLooks = 5;

/** Looks that the job of a window that is gone is left to the window in whose workspace its recording lies. */
const looksForTheNearest = 3;

interface Seen {
  readonly sign: SignOfLife;
  /** Looks in a row that saw the same sign as the one before. */
  readonly unchanged: number;
  /** Looks in a row in which it was gone. */
  readonly gone: number;
}

/**
 * Tells which windows are gone, whose jobs another one may then take over. It counts its own looks and asks no clock:
 * neither a clock that is set nor a laptop that sleeps makes a living window look dead, since all windows beat again
 * before this one has looked often enough. Looks are to be as far apart as beats, 5 s; a killed window's job is taken
 * over within 45 s then.
 */
export class OwnerWatch {
  private seen: ReadonlyMap<string, Seen> = new Map();

  /**
   * One look.
   * @param owners that have jobs
   * @param signs of all windows that may be there; one without is gone
   */
  look(owners: Iterable<string>, signs: ReadonlyMap<string, SignOfLife>): void {
    const all = new Set([...owners, ...signs.keys()]);
    this.seen = new Map(
      [...all].map((owner) => [owner, lookedAgain(this.seen.get(owner), signs.get(owner))]),
    );
  }

  /** Whether a window was gone at the last look; one that was not looked at was not. */
  isGone(owner: string): boolean {
    return this.looksGone(owner) > 0;
  }

  /** The windows that were gone at the last look. */
  get gone(): readonly string[] {
    return [...this.seen.keys()].filter((owner) => this.isGone(owner));
  }

  /**
   * Whether a window's jobs may be taken over.
   * @param isNear whether the recording lies in this window's workspace, where its user would look for the note
   */
  mayTakeOver(owner: string, isNear: boolean): boolean {
    return this.looksGone(owner) > (isNear ? 0 : looksForTheNearest);
  }

  private looksGone(owner: string): number {
    return this.seen.get(owner)?.gone ?? 0;
  }
}

function lookedAgain(before: Seen | undefined, sign: SignOfLife): Seen {
  const unchanged = before !== undefined && before.sign === sign ? before.unchanged + 1 : 0;
  const isGone = sign === undefined || unchanged >= silentLooks;
  return { sign, unchanged, gone: isGone ? (before?.gone ?? 0) + 1 : 0 };
}
