import * as vscode from 'vscode';
import { Failure } from '../../core/failures/failure';
import { copyText, openLink } from '../platform/links';
import { notify } from '../platform/userMessages';
import { actualPath } from '../../node/actualPath';
import type { Recording } from '../../core/ports';

/**
 * *Reveal Recording*: shows a recording in the browser if it is on the web, in the Explorer if it is in the workspace, and
 * else in the file manager of the system. In a remote window, it tells the path instead.
 *
 * @throws Failure `recordingMissing`
 */
export async function revealRecording({ path: place, name, url }: Recording): Promise<void> {
  if (url !== undefined) {
    return openLink(url);
  }
  const path = await actualPath(place);
  if (path === undefined) {
    throw new Failure('recordingMissing', `There is no ${place}`, { subject: name });
  }
  const uri = vscode.Uri.file(path);
  if (vscode.workspace.getWorkspaceFolder(uri) !== undefined) {
    await vscode.commands.executeCommand('revealInExplorer', uri);
  } else if (vscode.env.remoteName === undefined && vscode.env.uiKind === vscode.UIKind.Desktop) {
    await vscode.commands.executeCommand('revealFileInOS', uri);
  } else {
    // The file manager is on the user's machine, but the recording is on another one.
    const copy = { label: 'Copy Path', press: () => copyText(path) };
    await notify('information', `${name} is not in the workspace. Its path is ${path}`, [copy]);
  }
}
