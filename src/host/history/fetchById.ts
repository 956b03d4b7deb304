import * as vscode from 'vscode';
import { isTranscriptId } from '../../core/transcript/parseTranscript';
import { atAssemblyAi } from '../services/atAssemblyAi';
import type { HistoryParts } from './historyParts';
import { openOrReport, readKnown } from './openTranscript';

/** *Fetch Transcript by ID…*: opens any transcript of the user's key as a note. */
export async function fetchById(parts: HistoryParts): Promise<void> {
  const entered = await vscode.window.showInputBox({
    title: 'Fetch Transcript by ID',
    placeHolder: 'For example, 3f0c2b9e-5a41-4d0b-9d5e-7c1a2e8f6b10',
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim() === '' || isTranscriptId(text.trim())
        ? undefined
        : 'An ID consists of letters, digits, hyphens and underscores',
  });
  const id = entered?.trim() ?? '';
  if (id === '') {
    return;
  }
  const known = (await readKnown(parts.jobs)).get(id);
  await atAssemblyAi(parts.connector, (client) =>
    openOrReport(client, { id, createdMs: null, known }, parts),
  );
}
