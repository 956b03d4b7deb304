import * as path from 'node:path';
import * as vscode from 'vscode';
import { describeFailure } from '../../core/failures/describeFailure';
import { localHost, type Failure } from '../../core/failures/failure';
import { buttonsFor, reportFailure } from '../failures';
import { mention, offer, type Button } from '../messages';
import type { FailedOutcome, Outcome, WrittenOutcome } from './run';

type Retry = (files: readonly string[]) => Promise<void>;

/** Shows how one recording came out: its note, the comparison that was asked for, or what went wrong. */
export async function presentOne(outcome: Outcome, retry: Retry): Promise<void> {
  if (outcome.kind === 'failed') {
    await presentFailure(outcome.failure, path.basename(outcome.file), () => retry([outcome.file]));
    return;
  }
  const { existingNote, compare } = outcome.plan;
  if (compare === true && existingNote !== undefined) {
    const [before, after] = [vscode.Uri.file(existingNote), vscode.Uri.file(outcome.notePath)];
    const title = `${path.basename(existingNote)} ↔ ${path.basename(outcome.notePath)}`;
    await vscode.commands.executeCommand('vscode.diff', before, after, title);
  } else {
    await openBeside(outcome.notePath);
  }
}

/** Most failures of many recordings that are told one by one; the log has all. */
const mostTold = 3;

/** Sums up many recordings in one message. */
export async function presentMany(
  outcomes: readonly Outcome[],
  withNote: number,
  retry: Retry,
): Promise<void> {
  const written = outcomes.filter((outcome) => outcome.kind === 'written');
  const unfinished = outcomes.filter((outcome) => outcome.kind === 'failed');
  const failed = unfinished.filter(({ failure }) => !isCancellation(failure));
  const stopped = unfinished.filter(({ failure }) => isCancellation(failure));
  const ids = stopped.flatMap(({ failure }) => failure.transcriptId ?? []);
  const sentences = [
    `${written.length} of ${outcomes.length + withNote} recordings transcribed.`,
    ...(withNote > 0 ? [`${withNote} had a note already.`] : []),
    ...describeStopped(stopped),
    ...describeFailed(failed),
  ];
  const again = (): Promise<void> => retry(unfinished.map(({ file }) => file));
  const buttons: Button[] = [
    ...(written.length > 0 ? [{ label: 'Open Notes', press: () => openAll(written) }] : []),
    ...(ids.length > 0
      ? [{ label: 'Copy Ids', press: () => vscode.env.clipboard.writeText(ids.join('\n')) }]
      : []),
    ...buttonsForAll(failed, again),
    ...(stopped.length > 0 && failed.length === 0 ? [{ label: 'Continue', press: again }] : []),
  ];
  await offer(failed.length > 0 ? 'error' : 'information', sentences.join(' '), buttons);
}

function describeStopped(stopped: readonly FailedOutcome[]): readonly string[] {
  if (stopped.length === 0) {
    return [];
  }
  const running = stopped.filter(({ failure }) => failure.transcriptId !== undefined).length;
  const unsure = stopped.filter(({ failure }) => failure.kind === 'cancelledWhileSubmitting');
  const isLocal = unsure.some(({ failure }) => failure.host === localHost);
  return [
    `${stopped.length} stopped.`,
    ...(running > 0 ? [`Of these ${running} run on and are billed: collect them later.`] : []),
    ...(unsure.length > 0
      ? [`${unsure.length} may run on${isLocal ? '' : ' and be billed'}: transcribe again to find out.`]
      : []),
  ];
}

function describeFailed(failed: readonly FailedOutcome[]): readonly string[] {
  const sentences = new Set(failed.map(({ failure }) => describeFailure(failure).sentence));
  return failed.length === 0 ? [] : [`${failed.length} failed.`, ...[...sentences].slice(0, mostTold)];
}

function buttonsForAll(failed: readonly FailedOutcome[], again: () => Promise<void>): readonly Button[] {
  const all = failed.flatMap(({ failure }) => buttonsFor(failure, again));
  return [...new Map(all.map((button) => [button.label, button])).values()];
}

async function openAll(written: readonly WrittenOutcome[]): Promise<void> {
  for (const { notePath } of written) {
    await vscode.window.showTextDocument(vscode.Uri.file(notePath), { preview: false });
  }
}

function isCancellation({ kind }: Failure): boolean {
  return kind === 'cancelled' || kind === 'cancelledWhileSubmitting';
}

async function presentFailure(failure: Failure, name: string, retry: () => Promise<void>): Promise<void> {
  if (!isCancellation(failure)) {
    await reportFailure(failure, retry);
    return;
  }
  const { kind, transcriptId } = failure;
  if (kind === 'cancelled' && transcriptId === undefined) {
    mention(`Cancelled: ${name} is not transcribed`);
    return;
  }
  await offer('information', describeFailure(failure.with({ subject: name })).sentence, [
    { label: 'Collect', press: retry },
    ...(transcriptId === undefined
      ? []
      : [{ label: 'Copy Id', press: () => vscode.env.clipboard.writeText(transcriptId) }]),
  ]);
}

/** Opens a note beside what is being looked at: not beside nothing, and not in ever more columns. */
async function openBeside(notePath: string): Promise<void> {
  const options = { preview: false, viewColumn: columnBeside() };
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
