import * as path from 'node:path';
import * as vscode from 'vscode';
import { exists } from '../../node/files';
import { fileOf } from '../recordings/fileOf';
import { pickOne, plain, type Choice } from '../platform/quickPicks';

const lastFolderKey = 'lastUrlFolder';

/** Asks for the folder of the note: one of the workspace, the last one, or another; undefined for none. */
export async function chooseFolder(title: string, state: vscode.Memento): Promise<string | undefined> {
  const last = state.get<string>(lastFolderKey);
  const ofWorkspace = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  // The state is the same on every machine that this editor connects to, the folders are not.
  const known = [...ofWorkspace, ...(last !== undefined && (await exists(last)) ? [last] : [])];
  const choices: readonly Choice<{ readonly folder: string } | 'other'>[] = [
    ...[...new Set(known)].map((folder) => ({
      value: { folder },
      label: `$(folder) ${plain(path.basename(folder))}`,
      description: plain(folder),
    })),
    { value: 'other', label: '$(folder-opened) Choose…' },
  ];
  const chosen = await pickOne(
    title,
    'Into which folder does the note go?',
    choices,
    (each) => each !== 'other' && each.folder === last,
  );
  const folder = chosen === 'other' ? await openFolderDialog(title) : chosen?.folder;
  await (folder !== undefined && state.update(lastFolderKey, folder));
  return folder;
}

async function openFolderDialog(title: string): Promise<string | undefined> {
  const [folder] =
    (await vscode.window.showOpenDialog({
      title,
      openLabel: 'Choose',
      canSelectFiles: false,
      canSelectFolders: true,
    })) ?? [];
  return folder && fileOf(folder);
}
