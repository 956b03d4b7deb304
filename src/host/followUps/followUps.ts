import { access, constants } from 'node:fs/promises';
import * as path from 'node:path';
import type { AssemblyAiClient } from '../../assemblyai/client';
import { asFailure, Failure } from '../../core/failures/failure';
import { merged, parseFollowUp, renderFollowUp, type FollowUp } from '../../core/followUps/followUp';
import {
  isLostForGood,
  leftText,
  lostAudioText,
  stopsAll,
  wayOutOf,
  type LeftOver,
  type WayOut,
} from '../../core/followUps/pending';
import type { WindowRegistry } from '../windows/windowRegistry';
import type { Button } from '../platform/userMessages';
import { exists } from '../../node/files';
import { numberedPaths } from '../note/noteFile';
import { Claims } from '../windows/claims';
import { FollowUpFiles } from './followUpFiles';
import type { Clock, Log } from '../../core/ports';
import { codeOf } from '../../node/errorCode';

/** A service at which something is to be done. */
export interface FollowUpService {
  readonly client: Pick<AssemblyAiClient, 'saveRedactedAudio' | 'deleteForSure'>;
  close(): Promise<void>;
}

/** What the list says to its user. */
export interface FollowUpMessages {
  /** Something in passing. */
  mention(message: string): void;
  /** What could not be done; `retry` tries that again, where that may help. Not waited for. @param others come first */
  report(
    message: string,
    failure: Failure,
    retry: (() => Promise<void>) | undefined,
    others?: readonly Button[],
  ): Promise<void>;
  /** Shows that something takes long, until that is disposed, with a way to stop it. */
  showWait(title: string, stop: () => void): { dispose(): void };
}

export interface FollowUpsOptions {
  /** Where the list is kept; several windows may share it. */
  readonly folder: string;
  /** This window and the others, in a folder of their own. */
  readonly windows: Pick<WindowRegistry, 'id' | 'arrive' | 'leave' | 'look' | 'clear' | 'signOf'>;
  /** Opens the service of that origin without asking anything. Fails with `keyMissing`, `otherServer` or `settings`. */
  readonly open: (service: string) => Promise<FollowUpService>;
  readonly messages: FollowUpMessages;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

const nothingLeft = 'Nothing is left to be deleted or saved at AssemblyAI.';
const othersLeft = 'That is done; other transcripts are still on the list of what is left to do.';
const busy = 'What is left to be deleted or saved is being done just now.';

/**
 * What is still to be done about finished transcripts, on a list that outlives crashes: a file for each, named after
 * the transcript. Tried at once, and then whenever its user has anything else to do with that service, or asks for it;
 * never by itself.
 */
export class FollowUps {
  private readonly claims: Claims;
  private readonly files: FollowUpFiles;
  private readonly stopped = new AbortController();
  /** Transcripts about which the user was told in this window. */
  private readonly toldOf = new Set<string>();

  constructor(private readonly options: FollowUpsOptions) {
    const { folder, windows, clock, log } = options;
    this.claims = new Claims(path.join(folder, 'claims'), windows, clock);
    this.files = new FollowUpFiles(folder, this.claims, log);
  }

  /**
   * Writes it down; when it resolves, it would outlive a crash. The same transcript twice is one.
   * @throws Failure `journalUnwritable`
   */
  async add(followUp: FollowUp): Promise<void> {
    const { transcriptId, name: subject } = followUp;
    try {
      if (parseFollowUp(renderFollowUp(followUp)) === undefined) {
        throw new Error('It could not be read back');
      }
      await this.files.edit(transcriptId, (earlier) => merged(earlier, followUp));
      this.toldOf.delete(transcriptId);
    } catch (thrown) {
      const { message } = asFailure(thrown);
      const facts = { subject, transcriptId, code: codeOf(thrown), cause: thrown };
      throw new Failure('journalUnwritable', message, facts);
    }
  }

  /**
   * Tries everything on the list at that service. Without one it is its user who asks for it: then everywhere, with a
   * word about how it went in any case. Tells the user what is left, and never rejects.
   */
  async run(service?: string): Promise<void> {
    await this.guarded(() => (service === undefined ? this.runForUser() : this.runQuietly(service)));
  }

  /** Stops what is being done; it stays on the list. */
  dispose(): void {
    this.stopped.abort();
    this.options.windows.leave();
  }

  private async guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      this.options.log.error(`The list of what is left to do failed: ${asFailure(thrown).message}`);
    }
  }

  private async runQuietly(service: string): Promise<void> {
    const listed = (await this.files.list()).filter((each) => each.service === service);
    const left = await this.doAll(listed, this.stopped.signal);
    // The settings may name another service by now; the list waits until they name this one again.
    const news = left.filter(
      ({ failure, followUp }) => failure.kind !== 'otherServer' && !this.toldOf.has(followUp.transcriptId),
    );
    if (news.length > 0) {
      this.tell(left, () => this.retry(listed));
    }
  }

  private async runForUser(): Promise<void> {
    const listed = await this.files.list();
    if (listed.length === 0) {
      this.options.messages.mention(nothingLeft);
      return;
    }
    await this.retry(listed);
  }

  private async retry(listed: readonly FollowUp[]): Promise<void> {
    const { messages } = this.options;
    const cancel = new AbortController();
    const title = 'Finishing what could not be deleted or saved';
    const wait = messages.showWait(title, () => cancel.abort());
    try {
      const left = await this.doAll(listed, AbortSignal.any([cancel.signal, this.stopped.signal]));
      if (left.length > 0) {
        this.tell(left, () => this.retry(left.map(({ followUp }) => followUp)));
      } else if (!cancel.signal.aborted) {
        messages.mention(await this.stateOf(listed));
      }
    } finally {
      wait.dispose();
    }
  }

  /** In words, when nothing of it has failed. */
  private async stateOf(listed: readonly FollowUp[]): Promise<string> {
    const left = (await this.files.list()).map(({ transcriptId }) => transcriptId);
    if (left.length === 0) {
      return nothingLeft;
    }
    return listed.some(({ transcriptId }) => left.includes(transcriptId)) ? busy : othersLeft;
  }

  /** Not waited for: a message may stand there for hours. */
  private tell(left: readonly LeftOver[], retry: () => Promise<void>): void {
    left.forEach(({ followUp }) => this.toldOf.add(followUp.transcriptId));
    for (const wayOut of ['none', 'withoutAudio', 'forget'] as const) {
      const same = left.filter(({ failure }) => wayOutOf(failure) === wayOut);
      const [first] = same;
      if (first !== undefined) {
        const listed = same.map(({ followUp }) => followUp);
        const again = same.length === left.length ? retry : () => this.retry(listed);
        const buttons = this.buttonsFor(wayOut, listed);
        void this.options.messages.report(leftText(same), first.failure, () => this.guarded(again), buttons);
      }
    }
  }

  private buttonsFor(wayOut: WayOut, listed: readonly FollowUp[]): readonly Button[] {
    const all = (change: (followUp: FollowUp) => FollowUp) => () =>
      this.guarded(async () => {
        for (const { transcriptId } of listed) {
          await this.files.edit(transcriptId, (now) => now && change(now));
        }
        await this.retry(listed);
      });
    const withoutAudio = all((followUp) => ({ ...followUp, redactedAudio: null }));
    const deletes = listed.some((followUp) => followUp.deletes);
    switch (wayOut) {
      case 'none':
        return [];
      case 'withoutAudio':
        return [{ label: deletes ? 'Delete Without It' : 'Forget', press: withoutAudio }];
      case 'forget':
        return [
          {
            label: 'Forget',
            press: all((followUp) => ({ ...followUp, redactedAudio: null, deletes: false })),
          },
        ];
    }
  }

  /** @returns what is left, but for what was cancelled */
  private async doAll(listed: readonly FollowUp[], signal: AbortSignal): Promise<readonly LeftOver[]> {
    if (listed.length > 0) {
      await this.clearWindows();
    }
    const services = new Set(listed.map(({ service }) => service));
    const left: LeftOver[] = [];
    for (const service of services) {
      const there = listed.filter((each) => each.service === service);
      left.push(...(await this.doAllAt(service, there, signal)));
    }
    return left.filter(({ failure }) => failure.kind !== 'cancelled');
  }

  private async doAllAt(
    service: string,
    listed: readonly FollowUp[],
    signal: AbortSignal,
  ): Promise<readonly LeftOver[]> {
    const all = (thrown: unknown, followUps: readonly FollowUp[]): readonly LeftOver[] =>
      followUps.map((followUp) => this.leftOver(followUp, thrown));
    const left: LeftOver[] = [];
    let opened: FollowUpService;
    try {
      opened = await this.options.open(service);
    } catch (thrown) {
      return all(thrown, listed);
    }
    try {
      for (const [index, followUp] of listed.entries()) {
        const failure = await this.tryOne(followUp, opened, signal);
        if (failure !== undefined && stopsAll(failure)) {
          return [...left, ...all(failure, listed.slice(index))];
        }
        left.push(...(failure === undefined ? [] : all(failure, [followUp])));
      }
      return left;
    } finally {
      await opened.close();
    }
  }

  private leftOver(followUp: FollowUp, thrown: unknown): LeftOver {
    const { transcriptId, name: subject } = followUp;
    return { followUp, failure: asFailure(thrown).with({ transcriptId, subject }) };
  }

  /** @returns why it could not be done; undefined when it is done, here or elsewhere */
  private async tryOne(
    { transcriptId }: FollowUp,
    { client }: FollowUpService,
    signal: AbortSignal,
  ): Promise<Failure | undefined> {
    try {
      await this.claims.whileClaimed(transcriptId, async () => {
        // As it is now: somebody may have done it since the list was read.
        const current = await this.files.read(transcriptId);
        if (current !== undefined) {
          await this.finish(current, client, signal);
        }
      });
      return undefined;
    } catch (thrown) {
      const failure = asFailure(thrown);
      this.options.log.warn(`Left to do about ${transcriptId}: ${failure.kind}: ${failure.message}`);
      return failure;
    }
  }

  private async finish(
    followUp: FollowUp,
    client: FollowUpService['client'],
    signal: AbortSignal,
  ): Promise<void> {
    const { transcriptId } = followUp;
    let left: FollowUp | undefined = followUp;
    while (left !== undefined) {
      const { redactedAudio } = left;
      if (redactedAudio !== null) {
        await this.saveAudio(left, redactedAudio, client, signal);
        // Should the rest fail, it is not to be saved twice. To delete may have been added while it was saved.
        left = await this.files.edit(transcriptId, (now) => now && withoutAudio(now, redactedAudio));
      } else {
        await deleteOnce(client, transcriptId, signal);
        left = await this.files.edit(transcriptId, () => undefined);
      }
    }
    this.options.log.info(`Nothing is left to do about ${transcriptId}`);
  }

  private async saveAudio(
    followUp: FollowUp,
    target: string,
    client: FollowUpService['client'],
    signal: AbortSignal,
  ): Promise<void> {
    const { log, messages } = this.options;
    const { transcriptId, name: subject } = followUp;
    try {
      await checkFolderOf(target);
      const file = await freePath(target);
      await client.saveRedactedAudio(transcriptId, file, signal);
      log.info(`Saved the redacted audio of ${transcriptId} as ${file}`);
    } catch (thrown) {
      const failure = asFailure(thrown).with({ transcriptId, subject });
      if (!isLostForGood(failure)) {
        throw failure;
      }
      // To keep the text at the service for what is lost would help nobody.
      log.warn(`There is no redacted audio of ${transcriptId}: ${failure.kind}: ${failure.message}`);
      void messages.report(lostAudioText(followUp, failure), failure, undefined);
    }
  }

  /** Removes what windows left behind that are gone. */
  private async clearWindows(): Promise<void> {
    const { windows } = this.options;
    const gone = [...(await windows.look())].filter(([, sign]) => sign === undefined);
    await windows.clear(gone.map(([id]) => id));
  }
}

function withoutAudio(followUp: FollowUp, saved: string): FollowUp {
  return followUp.redactedAudio === saved ? { ...followUp, redactedAudio: null } : followUp;
}

/** Before a service is asked for minutes for what there is no place for. @throws Failure `fileUnwritable` */
async function checkFolderOf(file: string): Promise<void> {
  try {
    await access(path.dirname(file), constants.W_OK);
  } catch (thrown) {
    const facts = { subject: path.basename(file), code: codeOf(thrown), cause: thrown };
    throw new Failure('fileUnwritable', 'The folder cannot be written to', facts);
  }
}

/**
 * What the service says was deleted already counts as deleted. What it does not know does not: it may belong to another
 * key, or to another account.
 */
async function deleteOnce(
  client: FollowUpService['client'],
  transcriptId: string,
  signal: AbortSignal,
): Promise<void> {
  try {
    await client.deleteForSure(transcriptId, signal);
  } catch (thrown) {
    const failure = asFailure(thrown);
    if (failure.kind !== 'transcriptDeleted') {
      throw failure;
    }
  }
}

/** The path itself, or the first of its alternatives at which nothing lies. */
async function freePath(target: string): Promise<string> {
  for (const candidate of numberedPaths(target)) {
    if (!(await exists(candidate))) {
      return candidate;
    }
  }
  return target;
}
