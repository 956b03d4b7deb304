import * as path from 'node:path';
import { asFailure, Failure } from '../../core/failures/failure';
import { merged, parseFollowUp, renderFollowUp, type FollowUp } from '../../core/followUps/followUp';
import {
  isLostForGood,
  lostAudioText,
  pendingRemedyFor,
  pendingText,
  stopsAll,
  type PendingFollowUp,
  type PendingRemedy,
} from '../../core/followUps/pending';
import type { Clock, Log } from '../../core/ports';
import { codeOf } from '../../node/errorCode';
import type { Button } from '../platform/userMessages';
import { FollowUpClaims } from './followUpClaims';
import type { WindowRegistry } from '../windows/windowRegistry';
import { deleteOnce, saveAudioAt, type FollowUpClient } from './followUpClient';
import { FollowUpFiles } from './followUpFiles';

/** A service where follow-ups are done. */
export interface FollowUpService {
  readonly client: FollowUpClient;
  close(): Promise<void>;
}

/** How the follow-ups talk to their user. */
export interface FollowUpMessages {
  /** Says something in passing. */
  showInStatusBar(message: string): void;
  /**
   * Reports what could not be done. Nothing waits for it.
   *
   * @param retry tries again; undefined where that cannot help
   * @param others buttons that come first
   */
  report(
    message: string,
    failure: Failure,
    retry: (() => Promise<void>) | undefined,
    others?: readonly Button[],
  ): Promise<void>;
  /** Shows that something takes long, with a way to stop it, until the result is disposed. */
  showWait(title: string, stop: () => void): { dispose(): void };
}

export interface FollowUpsOptions {
  /** Where the follow-ups are kept. Several windows may share it. */
  readonly folder: string;
  /** This window and the others that have follow-ups at work. */
  readonly windows: Pick<
    WindowRegistry,
    'id' | 'register' | 'unregister' | 'heartbeats' | 'heartbeatOf' | 'removeGone'
  >;
  /** Opens the service of an origin without a question. Fails with `keyMissing`, `otherServer` or `settings`. */
  readonly open: (service: string) => Promise<FollowUpService>;
  readonly messages: FollowUpMessages;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

const nothingPending = 'Nothing is left to be deleted or saved at AssemblyAI.';
const othersPending = 'That is done; other transcripts are still on the list of what is left to do.';
const busy = 'Steno is already deleting or saving what was left.';

/**
 * What is still to do about finished transcripts, on a list that survives crashes: a file for each transcript. A
 * follow-up is tried at once, and again when its user does anything else with its service or asks for it; never by
 * itself.
 */
export class FollowUps {
  private readonly claims: FollowUpClaims;
  private readonly files: FollowUpFiles;
  private readonly stopped = new AbortController();
  /** Transcripts that the user was told of in this window. */
  private readonly toldOf = new Set<string>();

  constructor(private readonly options: FollowUpsOptions) {
    const { folder, windows, clock, log } = options;
    this.claims = new FollowUpClaims(path.join(folder, 'claims'), windows, clock);
    this.files = new FollowUpFiles(folder, this.claims, log);
  }

  /**
   * Writes a follow-up down. Once it resolves, the follow-up would survive a crash. Follow-ups of the same transcript
   * are merged.
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

  /** Adds as many as it can, and logs the others. Never rejects. @returns whether all were added */
  async addAll(followUps: readonly FollowUp[]): Promise<boolean> {
    let isComplete = true;
    for (const followUp of followUps) {
      try {
        await this.add(followUp);
      } catch (thrown) {
        isComplete = false;
        this.options.log.error(`Not on the list: ${followUp.transcriptId}: ${asFailure(thrown).message}`);
      }
    }
    return isComplete;
  }

  /**
   * Tries every follow-up at a service. Without a service, the user asks for it: then it tries all of them, and says how
   * it went in any case. Tells the user what is still pending. Never rejects.
   */
  async run(service?: string): Promise<void> {
    await this.guarded(() => (service === undefined ? this.runForUser() : this.runQuietly(service)));
  }

  /** Stops what is being done. It stays on the list. */
  dispose(): void {
    this.stopped.abort();
    this.options.windows.unregister();
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
    const pending = await this.tryAll(listed, this.stopped.signal);
    // The settings may name another service by now. The list waits until they name this one again.
    const news = pending.filter(
      ({ failure, followUp }) => failure.kind !== 'otherServer' && !this.toldOf.has(followUp.transcriptId),
    );
    if (news.length > 0) {
      this.tell(pending, () => this.retry(listed));
    }
  }

  private async runForUser(): Promise<void> {
    const listed = await this.files.list();
    if (listed.length === 0) {
      this.options.messages.showInStatusBar(nothingPending);
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
      const pending = await this.tryAll(listed, AbortSignal.any([cancel.signal, this.stopped.signal]));
      if (pending.length > 0) {
        this.tell(pending, () => this.retry(pending.map(({ followUp }) => followUp)));
      } else if (!cancel.signal.aborted) {
        messages.showInStatusBar(await this.resultOf(listed));
      }
    } finally {
      wait.dispose();
    }
  }

  /** What to say about follow-ups of which none has failed. */
  private async resultOf(listed: readonly FollowUp[]): Promise<string> {
    const pending = (await this.files.list()).map(({ transcriptId }) => transcriptId);
    if (pending.length === 0) {
      return nothingPending;
    }
    return listed.some(({ transcriptId }) => pending.includes(transcriptId)) ? busy : othersPending;
  }

  /** Does not wait: a message may be open for hours. */
  private tell(pending: readonly PendingFollowUp[], retry: () => Promise<void>): void {
    pending.forEach(({ followUp }) => this.toldOf.add(followUp.transcriptId));
    for (const remedy of ['none', 'withoutAudio', 'forget'] as const) {
      const alike = pending.filter(({ failure }) => pendingRemedyFor(failure) === remedy);
      const [first] = alike;
      if (first !== undefined) {
        const listed = alike.map(({ followUp }) => followUp);
        const again = alike.length === pending.length ? retry : () => this.retry(listed);
        const buttons = this.buttonsFor(remedy, listed);
        void this.options.messages.report(
          pendingText(alike),
          first.failure,
          () => this.guarded(again),
          buttons,
        );
      }
    }
  }

  private buttonsFor(remedy: PendingRemedy, listed: readonly FollowUp[]): readonly Button[] {
    const changeAll = (change: (followUp: FollowUp) => FollowUp) => () =>
      this.guarded(async () => {
        for (const { transcriptId } of listed) {
          await this.files.edit(transcriptId, (now) => now && change(now));
        }
        await this.retry(listed);
      });
    const withoutAudio = changeAll((followUp) => ({ ...followUp, redactedAudio: null }));
    const deletes = listed.some((followUp) => followUp.deletes);
    switch (remedy) {
      case 'none':
        return [];
      case 'withoutAudio':
        return [{ label: deletes ? 'Delete Without It' : 'Forget', press: withoutAudio }];
      case 'forget':
        return [
          {
            label: 'Forget',
            press: changeAll((followUp) => ({ ...followUp, redactedAudio: null, deletes: false })),
          },
        ];
    }
  }

  /** @returns what is still pending, except for what was cancelled */
  private async tryAll(
    listed: readonly FollowUp[],
    signal: AbortSignal,
  ): Promise<readonly PendingFollowUp[]> {
    if (listed.length > 0) {
      await this.removeGoneWindows();
    }
    const services = new Set(listed.map(({ service }) => service));
    const pending: PendingFollowUp[] = [];
    for (const service of services) {
      const there = listed.filter((each) => each.service === service);
      pending.push(...(await this.tryAllAt(service, there, signal)));
    }
    return pending.filter(({ failure }) => failure.kind !== 'cancelled');
  }

  private async tryAllAt(
    service: string,
    listed: readonly FollowUp[],
    signal: AbortSignal,
  ): Promise<readonly PendingFollowUp[]> {
    const pending: PendingFollowUp[] = [];
    let opened: FollowUpService;
    try {
      opened = await this.options.open(service);
    } catch (thrown) {
      return listed.map((followUp) => pendingWith(thrown, followUp));
    }
    try {
      for (const [index, followUp] of listed.entries()) {
        const failure = await this.tryOne(followUp, opened, signal);
        if (failure !== undefined && stopsAll(failure)) {
          return [...pending, ...listed.slice(index).map((each) => pendingWith(failure, each))];
        }
        pending.push(...(failure === undefined ? [] : [pendingWith(failure, followUp)]));
      }
      return pending;
    } finally {
      await opened.close();
    }
  }

  /** @returns why it could not be done; undefined when it is done, or another window does it */
  private async tryOne(
    { transcriptId }: FollowUp,
    { client }: FollowUpService,
    signal: AbortSignal,
  ): Promise<Failure | undefined> {
    try {
      await this.claims.whileClaimed(transcriptId, async () => {
        // Read again: another window may have done it since the list was read.
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

  private async finish(followUp: FollowUp, client: FollowUpClient, signal: AbortSignal): Promise<void> {
    const { transcriptId } = followUp;
    let pending: FollowUp | undefined = followUp;
    while (pending !== undefined) {
      const { redactedAudio } = pending;
      if (redactedAudio !== null) {
        await this.saveAudio(pending, redactedAudio, client, signal);
        // Written down at once: if the rest fails, the audio must not be saved twice. A deletion may have been added.
        pending = await this.files.edit(transcriptId, (now) => now && withoutAudio(now, redactedAudio));
      } else {
        await deleteOnce(client, transcriptId, signal);
        pending = await this.files.edit(transcriptId, () => undefined);
      }
    }
    this.options.log.info(`Nothing is left to do about ${transcriptId}`);
  }

  private async saveAudio(
    followUp: FollowUp,
    target: string,
    client: FollowUpClient,
    signal: AbortSignal,
  ): Promise<void> {
    const { log, messages } = this.options;
    const { transcriptId, name: subject } = followUp;
    try {
      const file = await saveAudioAt(target, client, transcriptId, signal);
      log.info(`Saved the redacted audio of ${transcriptId} as ${file}`);
    } catch (thrown) {
      const failure = asFailure(thrown).with({ transcriptId, subject });
      if (!isLostForGood(failure)) {
        throw failure;
      }
      // Keeping the text at the service would not bring the audio back.
      log.warn(`There is no redacted audio of ${transcriptId}: ${failure.kind}: ${failure.message}`);
      void messages.report(lostAudioText(followUp, failure), failure, undefined);
    }
  }

  /** Removes the files of windows that are gone. */
  private async removeGoneWindows(): Promise<void> {
    const { windows } = this.options;
    const gone = [...(await windows.heartbeats())].filter(([, heartbeat]) => heartbeat === undefined);
    await windows.removeGone(gone.map(([id]) => id));
  }
}

function pendingWith(thrown: unknown, followUp: FollowUp): PendingFollowUp {
  const { transcriptId, name: subject } = followUp;
  return { followUp, failure: asFailure(thrown).with({ transcriptId, subject }) };
}

function withoutAudio(followUp: FollowUp, saved: string): FollowUp {
  return followUp.redactedAudio === saved ? { ...followUp, redactedAudio: null } : followUp;
}
