import * as vscode from 'vscode';
import { withoutIcons, withoutLinks } from '../../core/text';

// VS Code turns `[text](command:…)` in a notification into a link that runs the command. Names of files and texts from
// servers end up in messages, so every message goes through here.

/** A button of a notification, and what it does. */
export interface Button {
  readonly label: string;
  readonly press: () => unknown;
}

/**
 * Shows a notification and does what the pressed button stands for. Resolves when the notification is gone and the
 * button has done its work.
 */
export async function notify(
  severity: 'information' | 'error',
  message: string,
  buttons: readonly Button[] = [],
): Promise<void> {
  const show = severity === 'error' ? vscode.window.showErrorMessage : vscode.window.showInformationMessage;
  const chosen = await show<string>(withoutLinks(message), ...buttons.map(({ label }) => label));
  await buttons.find(({ label }) => label === chosen)?.press();
}

/** Asks the user in a modal dialog. @returns the button that was pressed; undefined when the dialog was cancelled */
export async function askUser<T extends string>(
  question: string,
  detail: string,
  ...buttons: readonly T[]
): Promise<T | undefined> {
  const options = { modal: true, detail: withoutLinks(detail) };
  return vscode.window.showInformationMessage(withoutLinks(question), options, ...buttons);
}

/**
 * Asks the user in a modal dialog before something is lost. Enter presses the safe button: VS Code focuses the first one, and
 * would not focus one that it takes for *Cancel*. Closing the dialog is safe, too.
 *
 * @returns whether the user wants to lose it
 */
export async function askBeforeLoss(
  question: string,
  detail: string,
  { safe, lose }: { readonly safe: string; readonly lose: string },
): Promise<boolean> {
  return (await askUser(question, detail, safe, lose)) === lose;
}

const statusBarMs = 5000;

/** Shows a message in the status bar for some seconds. The status bar would draw `$(name)` as an icon. */
export function showInStatusBar(message: string): void {
  vscode.window.setStatusBarMessage(withoutIcons(message), statusBarMs);
}

/** The notification of something that takes long. */
export interface ShownWait {
  report(message: string): void;
  dispose(): void;
}

/** Shows a notification with a Cancel button, which calls `stop`, until the result is disposed of. */
export type ShowWait = (title: string, stop: () => void) => ShownWait;

/** Shows a progress notification of VS Code. */
export const showWait: ShowWait = (title, stop) => {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: withoutLinks(title),
    cancellable: true,
  };
  // VS Code shows the notification a little later, when the wait may be over already.
  let report: (message: string) => void = () => undefined;
  let dispose: () => void = () => undefined;
  const over = new Promise<void>((resolve) => (dispose = resolve));
  void vscode.window.withProgress(options, async (progress, token) => {
    const cancelling = token.onCancellationRequested(stop);
    report = (message) => progress.report({ message: withoutLinks(message) });
    await over;
    cancelling.dispose();
  });
  return { report: (message) => report(message), dispose };
};
