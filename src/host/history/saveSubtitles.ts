import * as path from 'node:path';
import * as vscode from 'vscode';
import type { AssemblyAiClient } from '../../assemblyai/client';
import { notify } from '../platform/userMessages';
import { exists } from '../../node/files';
import type { NamedRecordings } from '../note/namedRecordings';
import { chooseOtherFolder } from '../options/chooseFolder';
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
  const captions = { format, charsPerCaption: width === '' ? undefined : Number(width) };
  await atAssemblyAi(connector, (client) => {
    const saveIn = (folder?: string): Promise<void> =>
      attempt(
        log,
        `Subtitles of ${note.transcriptId}`,
        async () => save(client, note, captions, await placeOf(note, recordings, folder)),
        async () => {
          const other = await chooseOtherFolder('Folder for the Subtitles');
          await (other !== undefined && saveIn(other));
        },
      );
    return saveIn();
  });
}

/** The path beside which the subtitles go, under its name: that of the recording if it is on disk, else that of the note. */
async function placeOf(
  { file, properties }: ActiveNote,
  recordings: NamedRecordings,
  folder: string | undefined,
): Promise<string> {
  const recording = await recordings.find(file, properties);
  const place = recording !== undefined && (await exists(recording)) ? recording : file;
  return folder === undefined ? place : path.join(folder, path.basename(place));
}

async function save(
  client: AssemblyAiClient,
  { transcriptId }: ActiveNote,
  { format, charsPerCaption }: Captions,
  place: string,
): Promise<void> {
  const captions = await whileWaiting('Fetching the subtitles', (signal) =>
    client.subtitles(transcriptId, format, charsPerCaption, signal),
  );
  if (!captions.includes('-->')) {
    // A deleted transcript has no captions either: this throws in that case.
    await fetchFinished(client, transcriptId);
    await notify('information', 'There are no subtitles, because the recording contains no speech.');
    return;
  }
  const target = await writeSubtitles(captions, format, place);
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
      /^(?:[1-9]\d{0,3})?$/.test(text.trim())
        ? undefined
        : 'Enter a whole number from 1 to 9999, or leave the box empty',
  });
  return width?.trim();
}
