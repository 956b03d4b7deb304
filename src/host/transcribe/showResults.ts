import * as path from 'node:path';
import * as vscode from 'vscode';
import { describeFailure } from '../../core/failures/describeFailure';
import { speechServerHost, type Failure } from '../../core/failures/failure';
import type { Remedy } from '../../core/failures/failureEntry';
import { buttonsFor, reportFailure, type OtherRemedies } from '../platform/reportFailure';
import type { CommandId } from '../platform/manifest';
import { copyText } from '../platform/links';
import { showInStatusBar, notify, type Button } from '../platform/userMessages';
import { recordingCountText, withoutFullStop } from '../../core/text';
import type { FailedResult, Result } from './result';

/** What a user can do about recordings that failed. */
export interface RetryActions {
  readonly retry: (failed: readonly FailedResult[]) => Promise<void>;
  readonly writeNoteAnyway: (failed: FailedResult) => Promise<void>;
  readonly saveElsewhere: (failed: readonly FailedResult[]) => Promise<void>;
}

const showTranscripts: CommandId = 'steno.showTranscripts';

/** Failures that the user was told of. One that stops many jobs is told once. */
const told = new WeakSet<Failure>();

/** Shows the note of one recording, compared with an earlier note where that is wanted; or tells what went wrong. */
export async function showResult(result: Result, actions: RetryActions, compareWith?: string): Promise<void> {
  if (result.kind === 'failed') {
    await showFailure(result, actions);
  } else if (compareWith === undefined) {
    await openBeside(result.notePath);
  } else {
    const [before, after] = [vscode.Uri.file(compareWith), vscode.Uri.file(result.notePath)];
    const title = `${path.basename(compareWith)} ↔ ${path.basename(result.notePath)}`;
    await vscode.commands.executeCommand('vscode.diff', before, after, title);
  }
  if (result.kind === 'written') {
    tellWarnings(result.file, result.warnings);
  }
}

/** Tells what a user should know about a file’s transcript, once, when its note appears. Does not wait for an answer. */
export function tellWarnings(file: string, warnings: readonly string[]): void {
  if (warnings.length > 0) {
    void notify('information', `About ${path.basename(file)}: ${asSentences(warnings)}`);
  }
}

const maxWarnings = 3;

function asSentences(warnings: readonly string[]): string {
  const sentences = warnings.slice(0, maxWarnings).map((warning) => `${withoutFullStop(warning)}.`);
  const rest = warnings.length > maxWarnings ? ['The note has the others.'] : [];
  return [...sentences, ...rest].join(' ');
}

/** Shows the result of a job that went on by itself: quietly, unless its user may be waiting for the note here. */
export async function showUnattendedResult(
  result: Result,
  isAlone: boolean,
  actions: RetryActions,
): Promise<void> {
  if (result.kind === 'failed') {
    await showFailure(result, actions);
    return;
  }
  const note = vscode.Uri.file(result.notePath);
  const name = path.basename(result.file);
  if (!isAlone) {
    showInStatusBar(`The note of ${name} is written`);
  } else if (vscode.workspace.getWorkspaceFolder(note) !== undefined) {
    // The user may be typing elsewhere by now.
    await openBeside(result.notePath, true);
    tellWarnings(result.file, result.warnings);
  } else {
    const open = {
      label: 'Open Note',
      press: () => vscode.window.showTextDocument(note, { preview: false }),
    };
    await notify('information', `The note of ${name} is written.`, [open]);
  }
}

/** How many failures of many recordings are told one by one. The log has all. */
const maxTold = 3;

/** Sums up many recordings in one message. */
export async function showResults(
  results: readonly Result[],
  withNote: number,
  actions: RetryActions,
): Promise<void> {
  const written = results.filter((result) => result.kind === 'written');
  const unfinished = results.filter((result) => result.kind === 'failed');
  const failed = unfinished.filter(({ failure }) => !isCancellation(failure));
  const stopped = unfinished.filter(({ failure }) => isCancellation(failure));
  const ids = stopped.flatMap(({ failure }) => failure.transcriptId ?? []);
  const sentences = [
    `${written.length} of ${recordingCountText(results.length + withNote)} transcribed.`,
    ...(withNote > 0 ? [`${withNote} had a note already.`] : []),
    ...describeWarned(written.filter(({ warnings }) => warnings.length > 0).length),
    ...describeStopped(stopped),
    ...describeFailed(failed),
  ];
  const retry = (): Promise<void> => actions.retry(unfinished.filter((result) => !isForgotten(result)));
  unfinished.forEach(({ failure }) => told.add(failure));
  const buttons: Button[] = [
    ...(written.length > 0 ? [buttonForNotes(written)] : []),
    ...(ids.length > 0 ? [{ label: 'Copy IDs', press: () => copyText(ids.join('\n')) }] : []),
    ...buttonsForAll(failed, retry, actions),
    ...(stopped.some((result) => !isForgotten(result)) && failed.length === 0
      ? [{ label: 'Continue', press: retry }]
      : []),
  ];
  await notify(failed.length > 0 ? 'error' : 'information', sentences.join(' '), buttons);
}

function describeWarned(count: number): readonly string[] {
  const what = count === 1 ? 'One note says' : `${count} notes say`;
  return count === 0 ? [] : [`${what} what the service left out or did differently.`];
}

function describeStopped(stopped: readonly FailedResult[]): readonly string[] {
  if (stopped.length === 0) {
    return [];
  }
  const running = stopped.filter(({ failure }) => failure.transcriptId !== undefined);
  const unsure = stopped.filter(({ failure }) => failure.kind === 'cancelledWhileSubmitting');
  const isLocal = unsure.some(({ failure }) => failure.host === speechServerHost);
  return [
    `${stopped.length} stopped.`,
    ...(running.length > 0 ? [describeRunning(running.length, running.filter(isForgotten).length)] : []),
    ...(unsure.length > 0
      ? [`${unsure.length} may run on${isLocal ? '' : ' and be billed'}: transcribe again to find out.`]
      : []),
  ];
}

function describeRunning(count: number, forgotten: number): string {
  const verbs = count === 1 ? 'runs on and is' : 'run on and are';
  const collectable = `${count - forgotten} can be collected in Transcripts`;
  const rest = forgotten === 0 ? collectable : `${collectable}, ${forgotten} forgotten`;
  return `Of these ${count} ${verbs} billed: ${rest}.`;
}

/** Whether a job runs on at the service although its user has forgotten it. */
function isForgotten({ failure, jobId }: FailedResult): boolean {
  return isCancellation(failure) && failure.transcriptId !== undefined && jobId === undefined;
}

function describeFailed(failed: readonly FailedResult[]): readonly string[] {
  const sentences = new Set(failed.map(({ failure }) => describeFailure(failure).sentence));
  return failed.length === 0 ? [] : [`${failed.length} failed.`, ...[...sentences].slice(0, maxTold)];
}

function buttonsForAll(
  failed: readonly FailedResult[],
  retry: () => Promise<void>,
  actions: RetryActions,
): readonly Button[] {
  const helpedBy = (remedy: Remedy): readonly FailedResult[] =>
    failed.filter(({ failure }) => describeFailure(failure).remedies.includes(remedy));
  const others: OtherRemedies = {
    writeNoteAnyway: async () => {
      await Promise.all(helpedBy('writeNoteAnyway').map(actions.writeNoteAnyway));
    },
    saveElsewhere: () => actions.saveElsewhere(helpedBy('saveElsewhere')),
  };
  const all = failed.flatMap(({ failure }) => buttonsFor(failure, retry, others));
  return [...new Map(all.map((button) => [button.label, button])).values()];
}

/** More open editors than that are a burden, not a help. */
const maxOpened = 20;

function buttonForNotes(written: readonly { readonly notePath: string }[]): Button {
  return written.length <= maxOpened
    ? { label: 'Open Notes', press: () => openAll(written) }
    : { label: 'Show Transcripts', press: () => vscode.commands.executeCommand(showTranscripts) };
}

async function openAll(written: readonly { readonly notePath: string }[]): Promise<void> {
  for (const { notePath } of written) {
    await vscode.window.showTextDocument(vscode.Uri.file(notePath), { preview: false });
  }
}

function isCancellation({ kind }: Failure): boolean {
  return kind === 'cancelled' || kind === 'cancelledWhileSubmitting';
}

async function showFailure(failed: FailedResult, actions: RetryActions): Promise<void> {
  const { failure, file } = failed;
  const name = path.basename(file);
  if (told.has(failure)) {
    return;
  }
  told.add(failure);
  if (!isCancellation(failure)) {
    await reportFailure(failure, () => actions.retry([failed]), {
      writeNoteAnyway: () => actions.writeNoteAnyway(failed),
      saveElsewhere: () => actions.saveElsewhere([failed]),
    });
  } else if (failure.kind === 'cancelled' && failure.transcriptId === undefined) {
    showInStatusBar(`Cancelled: ${name} is not transcribed`);
  } else if (isForgotten(failed)) {
    showInStatusBar(`Forgotten: ${name}, which runs on and is billed`);
  } else {
    showInStatusBar(`Left to run: ${name} can be collected in Transcripts`);
  }
}

/** Opens a note beside the active editor: not beside an empty column, and not in ever more columns. */
async function openBeside(notePath: string, preserveFocus = false): Promise<void> {
  const options = { preview: false, preserveFocus, viewColumn: columnBeside() };
  await vscode.window.showTextDocument(vscode.Uri.file(notePath), options);
}

function columnBeside(): vscode.ViewColumn {
  const groups = vscode.window.tabGroups.all;
  const last = groups.at(-1);
  if (groups.length > 1 && last !== undefined) {
    return last.viewColumn;
  }
  return last?.tabs.length === 0 ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside;
}
