import type { JournalEntry } from '../../core/jobs/journalFormat';
import { OwnerWatch } from '../../core/jobs/ownerWatch';
import type { WindowRegistry } from './windowRegistry';

/** Decides which jobs of other windows this window may take over. */
export class Takeover {
  private readonly watch = new OwnerWatch();

  /**
   * @param windows this window and the others
   * @param isInWorkspace whether a file lies in this window's workspace, where its user would look for the note
   */
  constructor(
    private readonly windows: Pick<WindowRegistry, 'id' | 'heartbeats' | 'heartbeatOf' | 'removeGone'>,
    private readonly isInWorkspace: (file: string) => boolean,
  ) {}

  /**
   * Observes the other windows, and tells which of these unfinished jobs have no window any more. That can also be jobs
   * of this window: it no longer knows of a job whose end a full disk did not take. To be called every 5 s.
   *
   * @returns the ids of the jobs
   */
  async abandoned(unfinished: readonly JournalEntry[]): Promise<readonly string[]> {
    const { id: own } = this.windows;
    const owners = unfinished.map(({ owner }) => owner).filter((owner) => owner !== own);
    this.watch.observe(owners, await this.windows.heartbeats());
    await this.windows.removeGone(this.watch.gone);
    return unfinished
      .filter(
        ({ job, owner }) =>
          owner === own || this.watch.mayTakeOver(owner, this.isInWorkspace(job.recording.path)),
      )
      .map(({ job }) => job.id);
  }

  /** Whether an owner is another window that was there when it was last observed. */
  isThere(owner: string): boolean {
    return owner !== this.windows.id && !this.watch.isGone(owner);
  }

  /** Whether a window is gone now, so that a user may have its job at once. */
  readonly isGone = async (owner: string): Promise<boolean> =>
    this.watch.isGone(owner) || (await this.windows.heartbeatOf(owner)) === undefined;
}
