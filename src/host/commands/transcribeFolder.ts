import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Command } from './command';
import { ask, offer } from '../messages';
import { fileOf } from '../recordings/fileOf';
import { findRecordings } from '../recordings/findRecordings';

/** *Transcribe Recordings in Folder*: all recordings below a folder or several, after saying how many there are. */
export function createTranscribeFolderCommand(
  transcribe: (files: readonly string[]) => Promise<void>,
): Command {
  return async (clicked, selected) => {
    const folders = chosenResources(clicked, selected) ?? (await pickFolders());
    const names = folders.map((folder) => path.basename(folder)).join(', ');
    const found = (await Promise.all(folders.map(findRecordings))).flat();
    const recordings = [...new Set(found)];
    if (recordings.length === 0) {
      await (folders.length > 0 && offer('information', `There are no recordings in ${names}.`));
      return;
    }
    const count = recordings.length === 1 ? 'the one recording' : `the ${recordings.length} recordings`;
    const list = listOf(recordings.map((file) => vscode.workspace.asRelativePath(file)));
    const detail = `${list}\n\nRecordings that have a note already are left out.`;
    if ((await ask(`Transcribe ${count} in ${names}?`, detail, 'Transcribe')) !== undefined) {
      await transcribe(recordings);
    }
  };
}

/** What was right-clicked: the folder under the pointer, and the whole selection if it is part of that. */
function chosenResources(clicked: unknown, selected: unknown): readonly string[] | undefined {
  if (!(clicked instanceof vscode.Uri)) {
    return undefined;
  }
  const all = Array.isArray(selected) ? selected.filter((item) => item instanceof vscode.Uri) : [];
  return (all.length > 0 ? all : [clicked]).map(fileOf);
}

const mostListed = 10;

function listOf(names: readonly string[]): string {
  const rest = names.length - mostListed;
  return [...names.slice(0, mostListed), ...(rest > 0 ? [`and ${rest} more`] : [])].join('\n');
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
