import * as vscode from 'vscode';
import { describeFailure, type Remedy } from '../core/failures/describeFailure';
import type { Failure, FailureKind } from '../core/failures/failure';
import type { Log } from '../core/jobs/ports';
import { openDashboard } from './dashboard';
import type { CommandId } from './manifest';

/** What to say instead of the failure's own sentence, and what *Retry* does; without it there is no such button. */
interface ReportOptions {
  readonly sentence?: string;
  readonly retry?: () => Promise<void>;
}

interface Button {
  readonly label: string;
  readonly press: () => unknown;
}

const setApiKey: CommandId = 'steno.setApiKey';
const showLog: CommandId = 'steno.showLog';

/** What to search for in the settings. */
function settingsOf(kind: FailureKind): string {
  return kind === 'proxyAuthentication' ? 'http.proxy' : 'steno.';
}

function buttonFor(remedy: Remedy, { kind }: Failure, retry: ReportOptions['retry']): Button | undefined {
  switch (remedy) {
    case 'setApiKey':
      return { label: 'Set API Key', press: () => vscode.commands.executeCommand(setApiKey) };
    case 'showLog':
      return { label: 'Show Log', press: () => vscode.commands.executeCommand(showLog) };
    case 'openSettings':
      return {
        label: 'Open Settings',
        press: () => vscode.commands.executeCommand('workbench.action.openSettings', settingsOf(kind)),
      };
    case 'openBilling':
      return { label: 'Open AssemblyAI', press: openDashboard };
    case 'retry':
      return retry && { label: 'Retry', press: retry };
  }
}

/** Tells the user in one sentence what happened, with a button for each thing that can be done about it. */
export async function reportFailure(failure: Failure, options: ReportOptions = {}): Promise<void> {
  const { sentence, remedies } = describeFailure(failure);
  const buttons = remedies
    .map((remedy) => buttonFor(remedy, failure, options.retry))
    .filter((button) => button !== undefined);
  const labels = buttons.map(({ label }) => label);
  const chosen = await vscode.window.showErrorMessage(options.sentence ?? sentence, ...labels);
  await buttons.find(({ label }) => label === chosen)?.press();
}

/** Writes everything that is known about a failure to the log, which blots out keys. */
export function logFailure(log: Log, subject: string, failure: Failure): void {
  const { kind, message, status, code, transcriptId, body, cause } = failure;
  const facts = Object.entries({ status, code, transcriptId, body }).filter(
    ([, value]) => value !== undefined,
  );
  const details = facts.map(([name, value]) => `${name}: ${value}`).join(', ');
  log.error(`${subject}: ${kind}: ${message}${details === '' ? '' : ` (${details})`}`);
  if (cause instanceof Error) {
    log.debug(cause.stack ?? cause.message);
  }
}
