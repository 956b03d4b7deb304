import * as vscode from 'vscode';
import { Failure } from '../../core/failures/failure';
import { offer } from '../platform/messages';
import { exists } from '../../node/files';
import type { Recording } from '../../core/ports';

/**
 * *Reveal Recording*: in the browser where it is on the web, in the Explorer where it lies in a folder that is open, else in the system's file manager.
 *
 * @throws Failure `recordingMissing`
 */
export async function revealRecording({ path, name, url }: Recording): Promise<void> {
  if (url !== undefined) {
    await vscode.env.openExternal(vscode.Uri.parse(url));
    return;
  }
  if (!(await exists(path))) {
    throw new Failure('recordingMissing', `There is no ${path}`, { subject: name });
  }
  const uri = vscode.Uri.file(path);
  if (vscode.workspace.getWorkspaceFolder(uri) !== undefined) {
    await vscode.commands.executeCommand('revealInExplorer', uri);
  } else if (vscode.env.remoteName === undefined && vscode.env.uiKind === vscode.UIKind.Desktop) {
    await vscode.commands.executeCommand('revealFileInOS', uri);
  } else {
    // The file manager is on the user's machine, and the recording is not.
    const copy = { label: 'Copy Path', press: () => vscode.env.clipboard.writeText(path) };
    await offer('information', `${name} is not in a folder that is open here. Its path is ${path}`, [copy]);
  }
}
