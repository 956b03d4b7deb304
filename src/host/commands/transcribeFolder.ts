import * as path from 'node:path';
import * as vscode from 'vscode';
import { offer } from '../platform/messages';
import { fileOf } from '../recordings/fileOf';
import { findRecordings } from '../recordings/findRecordings';
import { chosenResources } from './chosenResources';
import type { Command } from './command';

/** *Transcribe Recordings in Folder*: all recordings below a folder or several, after a summary of what that means. */
export function createTranscribeFolderCommand(
  transcribe: (files: readonly string[]) => Promise<void>,
): Command {
  return async (clicked, selected) => {
    const recordings = await recordingsIn(chosenResources(clicked, selected) ?? (await pickFolders()));
    await (recordings.length > 0 && transcribe(recordings));
  };
}

/**
 * The recordings in folders and what lies below them, each once; tells its user where there are none.
 *
 * @throws Failure `notOnDisk`
 */
export async function recordingsIn(chosen: readonly vscode.Uri[]): Promise<readonly string[]> {
  const folders = chosen.map(fileOf);
  const found = (await Promise.all(folders.map(findRecordings))).flat();
  if (folders.length > 0 && found.length === 0) {
    const names = folders.map((folder) => path.basename(folder)).join(', ');
    await offer('information', `There are no recordings in ${names}.`);
  }
  return [...new Set(found)];
}

async function pickFolders(): Promise<readonly vscode.Uri[]> {
  const picked = await vscode.window.showOpenDialog({
    title: 'Transcribe Recordings in Folder',
    openLabel: 'Choose',
    canSelectFiles: false,
    canSelectFolders: true,
  });
  return picked ?? [];
}
