import * as path from 'node:path';
import type * as vscode from 'vscode';
import { openFolderDialog } from '../options/chooseFolder';
import { notify } from '../platform/userMessages';
import { fileOf } from '../recordings/fileOf';
import { findRecordings } from '../recordings/findRecordings';
import { chosenResources } from './chosenResources';
import type { Command } from './command';

/** *Transcribe Recordings in Folder*: transcribes all recordings in folders and their subfolders, after a summary. */
export function createTranscribeFolderCommand(
  transcribe: (files: readonly string[]) => Promise<void>,
): Command {
  return async (clicked, selected) => {
    const recordings = await recordingsIn(chosenResources(clicked, selected) ?? (await pickFolder()));
    await (recordings.length > 0 && transcribe(recordings));
  };
}

/**
 * The recordings in folders and their subfolders, each once, as absolute paths. Tells the user when there are none.
 *
 * @throws Failure `notOnDisk`, or `recordingUnreadable` for a folder that cannot be read
 */
export async function recordingsIn(chosen: readonly vscode.Uri[]): Promise<readonly string[]> {
  const folders = chosen.map(fileOf);
  const found = (await Promise.all(folders.map(findRecordings))).flat();
  if (folders.length > 0 && found.length === 0) {
    const names = folders.map((folder) => path.basename(folder)).join(', ');
    await notify('information', `There are no recordings in ${names}.`);
  }
  return [...new Set(found)];
}

async function pickFolder(): Promise<readonly vscode.Uri[]> {
  const folder = await openFolderDialog('Transcribe Recordings in Folder');
  return folder === undefined ? [] : [folder];
}
