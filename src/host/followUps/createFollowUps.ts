import { randomUUID } from 'node:crypto';
import * as path from 'node:path';
import type * as vscode from 'vscode';
import type { Connector } from '../services/connector';
import { buttonsFor } from '../platform/reportFailure';
import { WindowRegistry } from '../windows/windowRegistry';
import { notify, showInStatusBar, showWait, type Button } from '../platform/userMessages';
import { FollowUps, type FollowUpMessages } from './followUps';
import type { Clock, Log } from '../../core/ports';

/** The list of what is still to be done about transcripts, in this window. Nothing is read before it is used. */
export function createFollowUps(
  context: vscode.ExtensionContext,
  connector: Connector,
  clock: Clock,
  log: Log,
): FollowUps {
  const folder = path.join(context.globalStorageUri.fsPath, 'followUps');
  const followUps = new FollowUps({
    folder,
    messages,
    clock,
    log,
    windows: new WindowRegistry(path.join(folder, 'windows'), randomUUID()),
    open: (service) => connector.openRemote(service),
  });
  context.subscriptions.push(followUps);
  return followUps;
}

const messages: FollowUpMessages = {
  mention: showInStatusBar,
  showWait,
  report: async (message, failure, retry, others = []) => {
    if (retry === undefined) {
      await notify('error', message);
      return;
    }
    const buttons = buttonsFor(failure, retry);
    const retryButton: Button = { label: 'Retry', press: retry };
    const canRetry = buttons.some(({ label }) => label === retryButton.label);
    await notify('error', message, [...others, ...(canRetry ? buttons : [retryButton, ...buttons])]);
  },
};
