import { randomUUID } from 'node:crypto';
import * as path from 'node:path';
import type { Clock, Log } from '../../core/ports';
import { showInStatusBar, notify, showWait, type Button } from '../platform/userMessages';
import { buttonsFor } from '../platform/reportFailure';
import type { Connector } from '../services/connector';
import { WindowRegistry } from '../windows/windowRegistry';
import { FollowUps, type FollowUpMessages } from './followUps';

/**
 * The follow-ups of this window. Nothing is read before they are used.
 * @param folder of the follow-ups alone; several windows share it
 */
export function createFollowUps(folder: string, connector: Connector, clock: Clock, log: Log): FollowUps {
  return new FollowUps({
    folder,
    messages,
    clock,
    log,
    windows: new WindowRegistry(path.join(folder, 'windows'), randomUUID()),
    open: (service) => connector.openRemote(service),
  });
}

const messages: FollowUpMessages = {
  showInStatusBar,
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
