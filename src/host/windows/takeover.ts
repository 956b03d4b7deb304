import type { JournalEntry } from '../../core/jobs/journalFormat';
import { OwnerWatch } from '../../core/jobs/owners';
import type { WindowRegistry } from './windowRegistry';

/** Which jobs of other windows this one may take over. */
export class Takeover {
  private readonly watch = new OwnerWatch();

  /**
   * @param windows this one and the others
   * @param isAtHome whether a file lies in this window's workspace, where its user would look for the note
   */
  constructor(
    private readonly windows: WindowRegistry,
    private readonly isAtHome: (file: string) => boolean,
  ) {}

  /** Shows that this window is alive, once it has had a job. */
  async beat(): Promise<void> {
    await this.windows.beat();
  }

  /**
   * Looks at the other windows, and tells which of these jobs their windows have left; those of this one, too, which it
   * lost from sight when a full disk did not take their end. To be called every 5 s.
   *
   * @returns their ids
   */
  async abandoned(unfinished: readonly JournalEntry[]): Promise<readonly string[]> {
    const { id: own } = this.windows;
    const owners = unfinished.map(({ owner }) => owner).filter((owner) => owner !== own);
    this.watch.look(owners, await this.windows.look());
    await this.windows.clear(this.watch.gone);
    return unfinished
      .filter(
        ({ job, owner }) => owner === own || this.watch.mayTakeOver(owner, this.isAtHome(job.recording.path)),
      )
      .map(({ job }) => job.id);
  }

  /** Whether another window was still there at the last look. */
  isThere(owner: string): boolean {
    return owner !== this.windows.id && !this.watch.isGone(owner);
  }

  /** Whether a window is gone, for whoever wants its job now. */
  readonly isGone = async (owner: string): Promise<boolean> =>
    this.watch.isGone(owner) || (await this.windows.signOf(owner)) === undefined;

  /** Lets other windows have the jobs of this one at once. */
  leave(): void {
    this.windows.leave();
  }
}
