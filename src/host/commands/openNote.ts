import * as vscode from 'vscode';
import { isIn, type Job } from '../../core/jobs/job';
import { exists } from '../../node/files';
import { offer } from '../platform/messages';

/** *Open Note*: that of a finished job, where it was written. */
export async function openNote(job: Job): Promise<void> {
  if (!isIn(job, 'done')) {
    return;
  }
  const { note } = job.stage;
  if (await exists(note)) {
    await vscode.window.showTextDocument(vscode.Uri.file(note));
  } else {
    await offer('error', `The note is no longer at ${note}: check whether it was moved or renamed.`);
  }
}
