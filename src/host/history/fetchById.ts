import * as vscode from 'vscode';
import { isTranscriptId } from '../../core/transcript/parseTranscript';
import type { CommandParts } from '../commands/commandParts';
import { atAssemblyAi, attempt } from '../services/atAssemblyAi';
import { openTranscript, readKnown } from './openTranscript';

/** *Fetch Transcript by Id…*: opens it as a note, wherever it was made. */
export async function fetchById(parts: CommandParts): Promise<void> {
  const entered = await vscode.window.showInputBox({
    title: 'Fetch Transcript by Id',
    placeHolder: 'such as 3f0c2b9e-5a41-4d0b-9d5e-7c1a2e8f6b10',
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim() === '' || isTranscriptId(text.trim())
        ? undefined
        : 'An id has letters, digits, hyphens and underscores only',
  });
  const id = entered?.trim() ?? '';
  if (id === '') {
    return;
  }
  const known = (await readKnown(parts)).get(id);
  await atAssemblyAi(parts.connector, (client) =>
    attempt(parts.log, `Transcript ${id}`, () =>
      openTranscript(client, { id, createdMs: null, known }, parts),
    ),
  );
}
