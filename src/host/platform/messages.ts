import * as vscode from 'vscode';
import { withoutIcons, withoutLinks } from '../../core/text';

// VS Code makes links of `[text](command:…)` in its notifications and follows them. File names and the words of
// servers end up in messages, so every message goes through here.

/** A button of a message, and what it does. */
export interface Button {
  readonly label: string;
  readonly press: () => unknown;
}

/** Says something, and does what the chosen button stands for. Resolves when the message is gone and that is done. */
export async function offer(
  severity: 'information' | 'error',
  message: string,
  buttons: readonly Button[] = [],
): Promise<void> {
  const show = severity === 'error' ? vscode.window.showErrorMessage : vscode.window.showInformationMessage;
  const chosen = await show<string>(withoutLinks(message), ...buttons.map(({ label }) => label));
  await buttons.find(({ label }) => label === chosen)?.press();
}

/** Asks a question that has to be answered first; undefined when it is closed. */
export async function ask<T extends string>(
  question: string,
  detail: string,
  ...answers: readonly T[]
): Promise<T | undefined> {
  const options = { modal: true, detail: withoutLinks(detail) };
  return vscode.window.showInformationMessage(withoutLinks(question), options, ...answers);
}

/**
 * Asks a question of which one answer is safe: it is the one that Enter gives, and what closing the question means.
 * Resolves with whether it was the other one.
 */
export async function askUnlessSafe(
  question: string,
  detail: string,
  safe: string,
  other: string,
): Promise<boolean> {
  const options = { modal: true, detail: withoutLinks(detail) };
  const items = [{ title: safe, isCloseAffordance: true }, { title: other }];
  const chosen = await vscode.window.showInformationMessage(withoutLinks(question), options, ...items);
  return chosen?.title === other;
}

const mentionMs = 5000;

/** Says something in passing, in the status bar, which would show `$(name)` as an icon. */
export function mention(message: string): void {
  vscode.window.setStatusBarMessage(withoutIcons(message), mentionMs);
}

/** What is shown while something takes long. */
export interface ShownWait {
  report(message: string): void;
  dispose(): void;
}

/** Shows that something takes long, until that is disposed, with a way to stop it. */
export type ShowWait = (title: string, stop: () => void) => ShownWait;

/** Shows that something takes long, until that is disposed, with a way to stop it. */
export const showWait: ShowWait = (title, stop) => {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: withoutLinks(title),
    cancellable: true,
  };
  // VS Code begins to show it a little later: it may be over by then.
  let report: (message: string) => void = () => undefined;
  let dispose: () => void = () => undefined;
  const over = new Promise<void>((resolve) => (dispose = resolve));
  void vscode.window.withProgress(options, (progress, token) => {
    token.onCancellationRequested(stop);
    report = (message) => progress.report({ message: withoutLinks(message) });
    return over;
  });
  return { report: (message) => report(message), dispose };
};
