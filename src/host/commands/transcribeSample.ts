import { copyFile, mkdir } from 'node:fs/promises';
import * as path from 'node:path';
import type * as vscode from 'vscode';
import { exists } from '../../node/files';
import type { Command } from './command';

const sample = 'standup.mp3';

/**
 * *Transcribe the Sample Recording*: tries Steno on a recording that comes with it. It is copied to a place of the
 * extension's own, so that neither its note nor its sidecar lies about in a workspace.
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
