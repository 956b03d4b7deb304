import { copyFile, mkdir } from 'node:fs/promises';
import * as path from 'node:path';
import type * as vscode from 'vscode';
import { exists } from '../../node/files';
import type { Command } from './command';

const sample = 'standup.mp3';

/**
 * *Transcribe the Sample Recording*: transcribes the recording that comes with Steno. It is copied into the extension's
 * storage first, so that its note and its sidecar do not end up in a workspace.
 */
export function createTranscribeSampleCommand(
  context: vscode.ExtensionContext,
  transcribe: (files: readonly string[]) => Promise<void>,
): Command {
  return async () => {
    const folder = path.join(context.globalStorageUri.fsPath, 'sample');
    const recording = path.join(folder, sample);
    if (!(await exists(recording))) {
      await mkdir(folder, { recursive: true });
      await copyFile(context.asAbsolutePath(path.join('dist', sample)), recording);
    }
    await transcribe([recording]);
  };
}
