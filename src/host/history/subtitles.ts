import * as vscode from 'vscode';
import type { AssemblyAiClient } from '../../assemblyai/client';
import type { CommandParts } from '../commands/commandParts';
import { offer } from '../platform/messages';
import { exists } from '../../node/files';
import { recordingPathOf } from '../note/transcriptOfNote';
import { atAssemblyAi, attempt, whileWaiting } from '../services/atAssemblyAi';
import { activeNote, type ActiveNote } from '../note/activeNote';
import { fetchFinished } from './openTranscript';
import { writeSubtitles } from './writeSubtitles';

type Format = 'srt' | 'vtt';

/** *Save Subtitles…*: the captions of the active note's transcript as AssemblyAI cuts them, beside the recording. */
export async function saveSubtitles({ connector, log }: CommandParts): Promise<void> {
  const note = await activeNote();
  const format = note && (await askForFormat());
  const width = format && (await askForWidth());
  if (note === undefined || format === undefined || width === undefined) {
    return;
  }
  await atAssemblyAi(connector, (client) =>
    attempt(log, `Subtitles of ${note.transcriptId}`, () =>
      save(client, note, format, width === '' ? undefined : Number(width)),
    ),
  );
}

async function save(
  client: AssemblyAiClient,
  note: ActiveNote,
  format: Format,
  charsPerCaption: number | undefined,
): Promise<void> {
  const { file, transcriptId, properties } = note;
  const captions = await whileWaiting('Fetching the subtitles', (signal) =>
    client.subtitles(transcriptId, format, charsPerCaption, signal),
  );
  if (!captions.includes('-->')) {
    // Of a deleted transcript there are none either.
    await fetchFinished(client, transcriptId);
    await offer('information', 'There are no subtitles, since nothing is said in this recording.');
    return;
  }
  const recording = recordingPathOf(file, properties);
  const beside = recording !== undefined && (await exists(recording)) ? recording : undefined;
  const target = await writeSubtitles(captions, format, beside ?? file);
  await vscode.window.showTextDocument(vscode.Uri.file(target), { preview: false });
}

async function askForFormat(): Promise<Format | undefined> {
  const items: (vscode.QuickPickItem & { readonly format: Format })[] = [
    { label: 'SRT', description: 'for players and video editors', format: 'srt' },
    { label: 'WebVTT', description: 'for web pages', format: 'vtt' },
  ];
  const picked = await vscode.window.showQuickPick(items, { title: 'Save Subtitles' });
  return picked?.format;
}

/** '' for what the service thinks right; undefined when it was closed. */
async function askForWidth(): Promise<string | undefined> {
  const width = await vscode.window.showInputBox({
    title: 'Save Subtitles',
    prompt: 'Characters per caption at most; leave it empty for AssemblyAI’s own choice',
    placeHolder: 'such as 32',
    validateInput: (text) =>
      /^\s*(?:[1-9]\d{0,3})?\s*$/.test(text) ? undefined : 'A whole number from 1 to 9999, or nothing',
  });
  return width?.trim();
}
