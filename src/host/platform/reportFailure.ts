import * as vscode from 'vscode';
import { describeFailure } from '../../core/failures/describeFailure';
import type { Remedy } from '../../core/failures/failureEntry';
import type { Failure } from '../../core/failures/failure';
import { openDashboard } from './links';
import type { CommandId } from './manifest';
import { notify, type Button } from './userMessages';
import { openSettings, writeEngine } from './settings';
import type { Log } from '../../core/ports';

/** What *Retry* does; also called once a missing key or secret is there. */
type Retry = () => Promise<void>;

const setApiKey: CommandId = 'steno.setApiKey';
const setWebhookSecret: CommandId = 'steno.setWebhookSecret';
const editPresets: CommandId = 'steno.editPresets';
const showLog: CommandId = 'steno.showLog';

/** What only some callers can do about a failure. The button for anything that is left out is not shown. */
export interface OtherRemedies {
  /** Writes the note of a job whose recording is gone or has changed. */
  readonly writeNoteAnyway?: () => Promise<void>;
  /** Lets the user choose another folder for a file, and writes it there. */
  readonly saveElsewhere?: () => Promise<void>;
}

/** Tells the user in one sentence what went wrong, with a button for each remedy. */
export async function reportFailure(failure: Failure, retry: Retry, others?: OtherRemedies): Promise<void> {
  await notify('error', describeFailure(failure).sentence, buttonsFor(failure, retry, others));
}

/** The buttons for the remedies of a failure. */
export function buttonsFor(failure: Failure, retry: Retry, others: OtherRemedies = {}): readonly Button[] {
  const { remedies } = describeFailure(failure);
  return remedies.flatMap((remedy) => {
    if (remedy !== 'writeNoteAnyway' && remedy !== 'saveElsewhere') {
      return buttonFor(remedy, failure, retry);
    }
    const press = others[remedy];
    return press === undefined ? [] : { label: otherLabels[remedy], press };
  });
}

const otherLabels: Readonly<Record<keyof OtherRemedies, string>> = {
  writeNoteAnyway: 'Write Note Anyway',
  saveElsewhere: 'Save Elsewhere…',
};

function buttonFor(remedy: Exclude<Remedy, keyof OtherRemedies>, failure: Failure, retry: Retry): Button {
  switch (remedy) {
    case 'setApiKey':
      return { label: 'Set API Key', press: () => setKeyAndRetry(retry) };
    case 'setWebhookSecret':
      return { label: 'Set Webhook Secret', press: () => setWebhookSecretAndRetry(retry) };
    case 'openPresets':
      return { label: 'Edit Presets', press: () => vscode.commands.executeCommand(editPresets) };
    case 'useAssemblyAi':
      return { label: 'Use AssemblyAI', press: () => useAssemblyAi(retry) };
    case 'showLog':
      return { label: 'Show Log', press: () => vscode.commands.executeCommand(showLog) };
    case 'openSettings':
      return { label: 'Open Settings', press: () => openSettingsOf(failure) };
    case 'openBilling':
      return { label: 'Open AssemblyAI', press: openDashboard };
    case 'retry':
      return { label: 'Retry', press: retry };
  }
}

async function setKeyAndRetry(retry: Retry): Promise<void> {
  if (await vscode.commands.executeCommand<boolean>(setApiKey)) {
    await retry();
  }
}

async function setWebhookSecretAndRetry(retry: Retry): Promise<void> {
  if (await vscode.commands.executeCommand<boolean>(setWebhookSecret)) {
    await retry();
  }
}

async function useAssemblyAi(retry: Retry): Promise<void> {
  await writeEngine('assemblyai');
  // A user who chose that nothing leaves the machine has to know that this changes the setting.
  void notify(
    'information',
    'From now on, recordings go to AssemblyAI. You can change this with the setting steno.engine.',
  );
  await retry();
}

async function openSettingsOf({ kind, subject }: Failure): Promise<void> {
  const isAboutProxy = kind === 'proxyAuthentication' || subject?.startsWith('http.') === true;
  await openSettings(isAboutProxy ? 'http.proxy' : undefined);
}

/** Writes all details of a failure to the log. @param subject what failed, such as the name of a recording */
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
