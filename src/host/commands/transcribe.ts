import * as path from 'node:path';
import * as vscode from 'vscode';
import { remember } from '../platform/remember';
import { isRecordingName, recordingExtensions } from '../../core/recordings/recordingNames';
import { exists } from '../../node/files';
import { fileOf } from '../recordings/fileOf';
import { chosenResources } from './chosenResources';
import type { Command } from './command';

const lastFolderKey = 'lastFolder';

/**
 * *Transcribe*: transcribes the files that were right-clicked, the file in the open preview, or, from the command palette,
 * files picked in a dialog, which remembers its folder.
 */
export function createTranscribeCommand(
  transcribe: (files: readonly string[]) => Promise<void>,
  state: vscode.Memento,
): Command {
  return async (clicked, selected) => {
    await transcribe(await recordingsFor(clicked, selected, state));
  };
}

/**
 * The files that a command works on: those that a menu of VS Code passes, or those that the user picks in a dialog.
 *
 * @returns absolute paths; [] when the dialog was closed
 * @throws Failure `notOnDisk`
 */
export async function recordingsFor(
  clicked: unknown,
  selected: unknown,
  state: vscode.Memento,
): Promise<readonly string[]> {
  const uris = chosenRecordings(clicked, selected) ?? (await pickRecordings(state));
  return uris.map(fileOf);
}

function chosenRecordings(clicked: unknown, selected: unknown): readonly vscode.Uri[] | undefined {
  const chosen = chosenResources(clicked, selected) ?? [];
  // The other files of a selection are left out, but never the one that was clicked on.
  const recordings = chosen.filter((uri) => isRecordingName(path.basename(uri.fsPath)));
  if (recordings.length > 0) {
    return recordings;
  }
  return clicked instanceof vscode.Uri ? [clicked] : undefined;
}

async function pickRecordings(state: vscode.Memento): Promise<readonly vscode.Uri[]> {
  const lastFolder = state.get<string>(lastFolderKey);
  const workspaceFolder = vscode.workspace.workspaceFolders?.[0]?.uri;
  // VS Code shares the state between the machines that it connects to, but a folder may be on one of them only.
  const isThere = lastFolder !== undefined && (await exists(lastFolder));
  const defaultUri = isThere ? vscode.Uri.file(lastFolder) : workspaceFolder;
  const picked = await vscode.window.showOpenDialog({
    title: 'Transcribe Recordings',
    openLabel: 'Transcribe',
    canSelectMany: true,
    filters: { Recordings: [...recordingExtensions], 'All Files': ['*'] },
    ...(defaultUri && { defaultUri }),
  });
  const [first] = picked ?? [];
  if (first !== undefined) {
    await remember(state, lastFolderKey, path.dirname(first.fsPath));
  }
  return picked ?? [];
}
