import * as path from 'node:path';
import { isDone, parseFollowUp, renderFollowUp, type FollowUp } from '../../core/followUps/followUp';
import type { Log } from '../../core/ports';
import { ownerOnly, removeFile, replaceFile } from '../../node/files';
import { namesIn, recordBytes, textOf } from '../../node/readFiles';
import { retryWhileHeld } from '../../node/retryWhileHeld';
import type { FollowUpClaims } from './followUpClaims';

/** The pending follow-ups, a file for each transcript, in a folder that several windows may share. */
export class FollowUpFiles {
  constructor(
    private readonly folder: string,
    private readonly claims: FollowUpClaims,
    private readonly log: Pick<Log, 'warn'>,
  ) {}

  /**
   * Changes the follow-up of a transcript. No other window changes it at the same time, so nothing is lost that another
   * window adds. When there is nothing left to do, the file is removed.
   *
   * @returns the follow-up as it is pending now
   */
  async edit(
    transcriptId: string,
    change: (now: FollowUp | undefined) => FollowUp | undefined,
  ): Promise<FollowUp | undefined> {
    const file = this.pathOf(transcriptId);
    let pending: FollowUp | undefined;
    await retryWhileHeld(async () => {
      const isMine = await this.claims.whileClaimed(`edit-${transcriptId}`, async () => {
        const changed = change(await this.read(transcriptId));
        pending = changed === undefined || isDone(changed) ? undefined : changed;
        await (pending === undefined
          ? removeFile(file)
          : replaceFile(file, renderFollowUp(pending), ownerOnly));
      });
      if (!isMine) {
        throw Object.assign(new Error('Another window is changing it'), { code: 'EBUSY' });
      }
    });
    return pending;
  }

  /** Every follow-up that can be read. */
  async list(): Promise<readonly FollowUp[]> {
    const names = await namesIn(this.folder);
    const ids = names.flatMap((name) => /^([\w-]+)\.json$/.exec(name)?.[1] ?? []);
    const all = await Promise.all(ids.map((id) => this.read(id)));
    return all.filter((followUp) => followUp !== undefined);
  }

  /**
   * The follow-up of a transcript; undefined when there is none. A file that cannot be read is left alone: another
   * version of Steno may have written it.
   */
  async read(transcriptId: string): Promise<FollowUp | undefined> {
    const text = await textOf(this.pathOf(transcriptId), recordBytes).catch(() => '');
    const followUp = text === undefined ? undefined : parseFollowUp(text);
    const isRight = followUp?.transcriptId === transcriptId;
    if (text !== undefined && !isRight) {
      this.log.warn(`Left alone ${this.pathOf(transcriptId)}: it cannot be read`);
    }
    return isRight ? followUp : undefined;
  }

  private pathOf(transcriptId: string): string {
    return path.join(this.folder, `${transcriptId}.json`);
  }
}
