import * as path from 'node:path';
import * as vscode from 'vscode';
import { remember } from '../platform/remember';
import { exists } from '../../node/files';
import { fileOf } from '../recordings/fileOf';
import { pickOne, plainText, type Choice } from '../platform/quickPicks';

const lastFolderKey = 'lastUrlFolder';

/**
 * Lets the user choose the folder of a note: a folder of the workspace, the last one, or another.
 *
 * @param state remembers the last folder
 * @returns its absolute path; undefined when the user cancelled
 * @throws Failure `notOnDisk`
 */
export async function chooseFolder(title: string, state: vscode.Memento): Promise<string | undefined> {
  const last = state.get<string>(lastFolderKey);
  const ofWorkspace = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  // VS Code shares the state between the machines that it connects to, but a folder may be on one of them only.
  const known = [...ofWorkspace, ...(last !== undefined && (await exists(last)) ? [last] : [])];
  const choices: readonly Choice<{ readonly folder: string } | 'other'>[] = [
    ...[...new Set(known)].map((folder) => ({
      value: { folder },
      label: `$(folder) ${plainText(path.basename(folder))}`,
      description: plainText(folder),
    })),
    { value: 'other', label: '$(folder-opened) Choose…' },
  ];
  const chosen = await pickOne(
    title,
    'Select the folder for the note',
    choices,
    (each) => each !== 'other' && each.folder === last,
  );
  const picked = chosen === 'other' ? await openFolderDialog(title) : undefined;
  const folder = chosen === 'other' ? picked && fileOf(picked) : chosen?.folder;
  await (folder !== undefined && remember(state, lastFolderKey, folder));
  return folder;
}

/**
 * Lets the user choose a folder in a dialog, for a file that could not be written where it belongs.
 *
 * @returns its absolute path; undefined when the dialog was closed
 * @throws Failure `notOnDisk`
 */
export async function chooseOtherFolder(title: string): Promise<string | undefined> {
  const picked = await openFolderDialog(title);
  return picked && fileOf(picked);
}

/** Lets the user choose a folder in a dialog; undefined when it was closed. */
export async function openFolderDialog(title: string): Promise<vscode.Uri | undefined> {
  const [folder] =
    (await vscode.window.showOpenDialog({
      title,
      openLabel: 'Choose',
      canSelectFiles: false,
      canSelectFolders: true,
    })) ?? [];
  return folder;
}
