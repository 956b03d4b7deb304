import * as vscode from 'vscode';
import { asFailure } from '../../core/failures/failure';
import { notify, showInStatusBar } from './userMessages';

/** Opens an address in the browser. Where VS Code does not, the user can copy it. */
export async function openLink(url: string): Promise<void> {
  const isOpen = await vscode.env.openExternal(vscode.Uri.parse(url)).then(
    (each) => each,
    () => false,
  );
  if (!isOpen) {
    void notify('information', `VS Code did not open ${url}`, [
      { label: 'Copy Link', press: () => copyText(url) },
    ]);
  }
}

/** Opens AssemblyAI's page for API keys and the account's balance in the browser. */
export function openDashboard(): Promise<void> {
  return openLink('https://www.assemblyai.com/dashboard');
}

/** Copies a text to the clipboard, which not every browser and remote session allows. @param done shown once it is copied */
export async function copyText(text: string, done?: string): Promise<void> {
  try {
    await vscode.env.clipboard.writeText(text);
  } catch (thrown) {
    return notify('error', `VS Code could not copy: ${asFailure(thrown).message}`);
  }
  if (done !== undefined) {
    showInStatusBar(done);
  }
}
