import * as vscode from 'vscode';
import { isWellFormedKey, keyInPaste } from '../../assemblyai/apiKey';
import { asFailure } from '../../core/failures/failure';
import { openDashboard } from '../platform/links';
import { showBox } from '../platform/showBox';
import { describeFailure } from '../../core/failures/describeFailure';

/**
 * Asks for a key until one is accepted. The box stays open while a key is checked and when it is refused, so that a typing
 * mistake costs nothing.
 *
 * @param check rejects with a Failure when the key is refused or cannot be checked
 * @returns the accepted key, or undefined when the user gave up
 */
export async function enterKey(
  host: string,
  check: (key: string, signal: AbortSignal) => Promise<void>,
): Promise<string | undefined> {
  const input = vscode.window.createInputBox();
  const getKey: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('link-external'),
    tooltip: 'Get a key at assemblyai.com',
  };
  input.title = 'AssemblyAI API Key';
  input.prompt = `Checked with ${host}, then kept in VS Code's secret storage. The button above opens the page where keys are made.`;
  input.placeholder = 'Paste the key here';
  input.password = true;
  input.ignoreFocusOut = true;
  input.buttons = [getKey];
  const closed = new AbortController();
  try {
    return await showBox<string>(input, (resolve) => [
      input.onDidTriggerButton(() => void openDashboard()),
      input.onDidChangeValue(() => (input.validationMessage = undefined)),
      input.onDidHide(() => resolve(undefined)),
      input.onDidAccept(() => {
        const key = keyInPaste(input.value);
        void tryKey(input, key, () => check(key, closed.signal)).then((accepted) => {
          if (accepted) {
            resolve(key);
          }
        });
      }),
    ]);
  } finally {
    closed.abort();
  }
}

async function tryKey(input: vscode.InputBox, key: string, check: () => Promise<void>): Promise<boolean> {
  if (input.busy) {
    return false;
  }
  input.busy = true;
  input.enabled = false;
  try {
    if (!isWellFormedKey(key)) {
      input.validationMessage =
        key === ''
          ? 'Paste a key here.'
          : 'This is not a key: keys consist of letters, digits and symbols, without spaces.';
      return false;
    }
    await check();
    return true;
  } catch (thrown) {
    const failure = asFailure(thrown);
    input.validationMessage =
      failure.kind === 'keyRejected'
        ? 'This key was refused. Check that you copied all of it, or get another one with the button above.'
        : describeFailure(failure).sentence;
    return false;
  } finally {
    input.busy = false;
    input.enabled = true;
  }
}
