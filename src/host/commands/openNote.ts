import * as vscode from 'vscode';
import { isIn, type Job } from '../../core/jobs/job';
import { actualPath } from '../../node/actualPath';
import { notify } from '../platform/userMessages';

/** *Open Note*: opens the note of a finished job. */
export async function openNote(job: Job): Promise<void> {
  if (!isIn(job, 'done')) {
    return;
  }
  const note = await actualPath(job.stage.note);
  if (note !== undefined) {
    await vscode.window.showTextDocument(vscode.Uri.file(note));
  } else {
    await notify(
      'error',
      `The note is no longer at ${job.stage.note}. Check whether it was moved or renamed.`,
    );
  }
}
