import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Command } from './command';
import { offer } from '../messages';
import { fileOf } from '../recordings/fileOf';
import { findRecordings } from '../recordings/findRecordings';

/** *Transcribe Recordings in Folder*: all recordings below a folder or several, after a summary of what that means. */
export function createTranscribeFolderCommand(
  transcribe: (files: readonly string[]) => Promise<void>,
): Command {
  return async (clicked, selected) => {
    const recordings = await recordingsBelow(chosenResources(clicked, selected) ?? (await pickFolders()));
    await (recordings.length > 0 && transcribe(recordings));
  };
}

/** The recordings below folders, each once; tells its user where there are none. */
export async function recordingsBelow(folders: readonly string[]): Promise<readonly string[]> {
  const found = (await Promise.all(folders.map(findRecordings))).flat();
  if (folders.length > 0 && found.length === 0) {
    const names = folders.map((folder) => path.basename(folder)).join(', ');
    await offer('information', `There are no recordings in ${names}.`);
  }
  return [...new Set(found)];
}

/** What was right-clicked: the folder under the pointer, and the whole selection if it is part of that. */
export function chosenResources(clicked: unknown, selected: unknown): readonly string[] | undefined {
  if (!(clicked instanceof vscode.Uri)) {
    return undefined;
  }
  const all = Array.isArray(selected) ? selected.filter((item) => item instanceof vscode.Uri) : [];
  return (all.length > 0 ? all : [clicked]).map(fileOf);
}

async function pickFolders(): Promise<readonly string[]> {
  const picked = await vscode.window.showOpenDialog({
    title: 'Transcribe Recordings in Folder',
    openLabel: 'Choose',
    canSelectFiles: false,
    canSelectFolders: true,
  });
  return (picked ?? []).map(fileOf);
}
