import * as path from 'node:path';
import * as vscode from 'vscode';
import { describeFailure } from '../../core/failures/describeFailure';
import type { Failure } from '../../core/failures/failure';
import { reportFailure } from '../failures';
import type { Outcome } from './run';

type Retry = (files: readonly string[]) => Promise<void>;

/** Shows how one recording came out: its note, the comparison that was asked for, or what went wrong. */
export async function presentOne(outcome: Outcome, retry: Retry): Promise<void> {
  if (outcome.kind === 'failed') {
    await presentFailure(outcome.failure, path.basename(outcome.file), () => retry([outcome.file]));
    return;
  }
  const { compareWith } = outcome.plan;
  if (compareWith !== undefined) {
    const [before, after] = [vscode.Uri.file(compareWith), vscode.Uri.file(outcome.notePath)];
    const title = `${path.basename(compareWith)} ↔ ${path.basename(outcome.notePath)}`;
    await vscode.commands.executeCommand('vscode.diff', before, after, title);
  } else {
    await openBeside(outcome.notePath);
  }
}

/** Sums up many recordings in one message. */
export async function presentMany(
  outcomes: readonly Outcome[],
  withNote: number,
  retry: Retry,
): Promise<void> {
  const written = outcomes.filter((outcome) => outcome.kind === 'written');
  const failed = outcomes.filter((outcome) => outcome.kind === 'failed');
  const parts = [`${written.length} of ${outcomes.length + withNote} recordings transcribed.`];
  if (withNote > 0) {
    parts.push(`${withNote} had a note already.`);
  }
  const telling = failed.find(({ failure }) => failure.kind !== 'cancelled');
  if (telling !== undefined) {
    const name = path.basename(telling.file);
    parts.push(`${failed.length} failed. ${name}: ${describeFailure(telling.failure).sentence}`);
    const again = failed.map(({ file }) => file);
    await reportFailure(telling.failure, { sentence: parts.join(' '), retry: () => retry(again) });
    return;
  }
  if (failed.length > 0) {
    parts.push(
      `${failed.length} stopped; jobs that were submitted run on, and are collected when you transcribe again.`,
    );
  }
  const open = 'Open Notes';
  const chosen = await vscode.window.showInformationMessage(
    parts.join(' '),
    ...(written.length > 0 ? [open] : []),
  );
  if (chosen === open) {
    for (const { notePath } of written) {
      await vscode.window.showTextDocument(vscode.Uri.file(notePath), { preview: false });
    }
  }
}

async function presentFailure(failure: Failure, name: string, retry: () => Promise<void>): Promise<void> {
  if (failure.kind !== 'cancelled') {
    await reportFailure(failure, { retry });
    return;
  }
  if (failure.transcriptId === undefined) {
    vscode.window.setStatusBarMessage(`Cancelled: ${name} is not transcribed`, 5000);
    return;
  }
  const collect = 'Collect';
  const copy = 'Copy Id';
  const chosen = await vscode.window.showInformationMessage(
    describeFailure(failure.with({ subject: name })).sentence,
    collect,
    copy,
  );
  if (chosen === collect) {
    await retry();
  } else if (chosen === copy) {
    await vscode.env.clipboard.writeText(failure.transcriptId);
  }
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
