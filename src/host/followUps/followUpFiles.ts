import { rm } from 'node:fs/promises';
import * as path from 'node:path';
import { isDone, parseFollowUp, renderFollowUp, type FollowUp } from '../../core/followUps/followUp';
import { ownerOnly, replace } from '../../node/files';
import { namesIn, textOf } from '../../node/readFiles';
import type { Claims } from '../windows/claims';
import type { Log } from '../../core/ports';
import { whileHeld } from '../../node/whileHeld';

/** What is still to be done, a file for each transcript, in a folder that several windows may share. */
export class FollowUpFiles {
  constructor(
    private readonly folder: string,
    private readonly claims: Claims,
    private readonly log: Pick<Log, 'warn'>,
  ) {}

  /**
   * Changes what is on the list about a transcript, alone: nothing is lost of what another window adds meanwhile. With
   * nothing to be done, it is off the list.
   *
   * @returns what is on the list now
   */
  async edit(
    transcriptId: string,
    change: (now: FollowUp | undefined) => FollowUp | undefined,
  ): Promise<FollowUp | undefined> {
    const file = this.pathOf(transcriptId);
    let left: FollowUp | undefined;
    await whileHeld(async () => {
      const isMine = await this.claims.whileClaimed(`edit-${transcriptId}`, async () => {
        const changed = change(await this.read(transcriptId));
        left = changed === undefined || isDone(changed) ? undefined : changed;
        await (left === undefined
          ? whileHeld(() => rm(file, { force: true }))
          : replace(file, renderFollowUp(left), ownerOnly));
      });
      if (!isMine) {
        throw Object.assign(new Error('It is being changed just now'), { code: 'EBUSY' });
      }
    });
    return left;
  }

  /** All that can be read. */
  async list(): Promise<readonly FollowUp[]> {
    const names = await namesIn(this.folder);
    const ids = names.flatMap((name) => /^([\w-]+)\.json$/.exec(name)?.[1] ?? []);
    const all = await Promise.all(ids.map((id) => this.read(id)));
    return all.filter((followUp) => followUp !== undefined);
  }

  /** Undefined when there is none; what cannot be read is left alone, since another version of Steno may have written it. */
  async read(transcriptId: string): Promise<FollowUp | undefined> {
    const text = await textOf(this.pathOf(transcriptId)).catch(() => '');
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
