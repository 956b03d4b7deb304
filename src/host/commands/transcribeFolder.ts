import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Command } from './command';
import { ask, offer } from '../messages';
import { findRecordings } from '../recordings/findRecordings';

/** *Transcribe Recordings in Folder*: all recordings below a folder, after saying how many there are. */
export function createTranscribeFolderCommand(
  transcribe: (files: readonly string[]) => Promise<void>,
): Command {
  return async (clicked) => {
    const folder = clicked instanceof vscode.Uri ? clicked : await pickFolder();
    if (folder === undefined) {
      return;
    }
    const name = path.basename(folder.fsPath);
    const recordings = await findRecordings(folder.fsPath);
    if (recordings.length === 0) {
      await offer('information', `There are no recordings in ${name}.`);
      return;
    }
    const count = recordings.length === 1 ? 'the one recording' : `the ${recordings.length} recordings`;
    const names = list(recordings.map((file) => path.relative(folder.fsPath, file)));
    const detail = `${names}\n\nRecordings that have a note already are left out.`;
    if ((await ask(`Transcribe ${count} in ${name}?`, detail, 'Transcribe')) !== undefined) {
      await transcribe(recordings);
    }
  };
}

const mostListed = 10;

function list(names: readonly string[]): string {
  const rest = names.length - mostListed;
  return [...names.slice(0, mostListed), ...(rest > 0 ? [`and ${rest} more`] : [])].join('\n');
}

async function pickFolder(): Promise<vscode.Uri | undefined> {
  const picked = await vscode.window.showOpenDialog({
    title: 'Transcribe Recordings in Folder',
    openLabel: 'Choose',
    canSelectFiles: false,
    canSelectFolders: true,
  });
  return picked?.[0];
}
