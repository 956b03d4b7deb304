import * as vscode from 'vscode';
import type { AssemblyAiClient } from '../../assemblyai/client';
import { notify } from '../platform/userMessages';
import { exists } from '../../node/files';
import type { NamedRecordings } from '../note/namedRecordings';
import { atAssemblyAi, attempt, whileWaiting } from '../services/atAssemblyAi';
import { activeNote, type ActiveNote } from '../note/activeNote';
import type { HistoryParts } from './historyParts';
import { fetchFinished } from './openTranscript';
import { writeSubtitles } from './writeSubtitles';

type Format = 'srt' | 'vtt';

interface Captions {
  readonly format: Format;
  /** Undefined for the default of the service. */
  readonly charsPerCaption: number | undefined;
}

/** *Save Subtitles…*: writes the captions of the active note's transcript, as AssemblyAI splits them, beside its recording. */
export async function saveSubtitles({
  connector,
  recordings,
  log,
}: Pick<HistoryParts, 'connector' | 'recordings' | 'log'>): Promise<void> {
  const note = await activeNote();
  const format = note && (await promptForFormat());
  const width = format && (await promptForWidth());
  if (note === undefined || format === undefined || width === undefined) {
    return;
  }
  await atAssemblyAi(connector, (client) =>
    attempt(log, `Subtitles of ${note.transcriptId}`, () =>
      save(client, note, { format, charsPerCaption: width === '' ? undefined : Number(width) }, recordings),
    ),
  );
}

async function save(
  client: AssemblyAiClient,
  note: ActiveNote,
  { format, charsPerCaption }: Captions,
  recordings: NamedRecordings,
): Promise<void> {
  const { file, transcriptId, properties } = note;
  const captions = await whileWaiting('Fetching the subtitles', (signal) =>
    client.subtitles(transcriptId, format, charsPerCaption, signal),
  );
  if (!captions.includes('-->')) {
    // A deleted transcript has no captions either: this throws in that case.
    await fetchFinished(client, transcriptId);
    await notify('information', 'There are no subtitles, because the recording contains no speech.');
    return;
  }
  const recording = await recordings.find(file, properties);
  const beside = recording !== undefined && (await exists(recording)) ? recording : undefined;
  const target = await writeSubtitles(captions, format, beside ?? file);
  await vscode.window.showTextDocument(vscode.Uri.file(target), { preview: false });
}

async function promptForFormat(): Promise<Format | undefined> {
  const items: (vscode.QuickPickItem & { readonly format: Format })[] = [
    { label: 'SRT', description: 'for players and video editors', format: 'srt' },
    { label: 'WebVTT', description: 'for web pages', format: 'vtt' },
  ];
  const picked = await vscode.window.showQuickPick(items, { title: 'Save Subtitles' });
  return picked?.format;
}

/** @returns '' for the default of the service; undefined when the box was closed */
async function promptForWidth(): Promise<string | undefined> {
  const width = await vscode.window.showInputBox({
    title: 'Save Subtitles',
    prompt: 'Maximum number of characters per caption. Leave it empty for AssemblyAI’s default.',
    placeHolder: 'For example, 32',
    validateInput: (text) =>
      /^\s*(?:[1-9]\d{0,3})?\s*$/.test(text)
        ? undefined
        : 'Enter a whole number from 1 to 9999, or leave the box empty',
  });
  return width?.trim();
}
