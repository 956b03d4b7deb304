import * as vscode from 'vscode';
import { chooseInstructions, titleOf } from '../options/optionsFlow';
import { editPresets } from '../options/presetSettings';
import { removeWebhookSecret, setWebhookSecret } from '../options/webhookPrompts';
import { chooseEngine } from '../options/chooseEngine';
import { chosenResources } from './chosenResources';
import type { Command } from './command';
import type { CommandParts } from './commandParts';
import { recordingsFor } from './transcribe';
import { recordingsIn } from './transcribeFolder';

/** *Transcribe with Options…*, *Edit Presets*, and the secrets of webhooks. */
export function createOptionCommands(
  parts: CommandParts,
): Readonly<
  Record<
    | 'steno.transcribeWithOptions'
    | 'steno.editPresets'
    | 'steno.setWebhookSecret'
    | 'steno.removeWebhookSecret',
    Command
  >
> {
  const { webhookSecrets: secrets } = parts;
  return {
    'steno.transcribeWithOptions': (clicked, selected) => transcribeWithOptions(parts, clicked, selected),
    'steno.editPresets': editPresets,
    'steno.setWebhookSecret': () => setWebhookSecret(secrets),
    'steno.removeWebhookSecret': () => removeWebhookSecret(secrets),
  };
}

/** Of the same files as *Transcribe*, or of the recordings in folders, after questions. */
async function transcribeWithOptions(
  { connector, context, transcriber, webhookSecrets }: CommandParts,
  clicked: unknown,
  selected: unknown,
): Promise<void> {
  const state = context.globalState;
  const files = (await isFolder(clicked))
    ? await recordingsIn(chosenResources(clicked, selected) ?? [])
    : await recordingsFor(clicked, selected, state);
  const place =
    files.length === 0
      ? undefined
      : await chooseEngine(
          connector,
          'Options Need AssemblyAI',
          'English; who spoke is all there is to choose',
        );
  const instructions =
    place && (await chooseInstructions({ title: titleOf(files), files, place }, webhookSecrets, state));
  if (instructions !== undefined) {
    await transcriber.transcribeWith(files, instructions);
  }
}

/** What cannot be looked at counts as a file, which then tells why. */
async function isFolder(clicked: unknown): Promise<boolean> {
  if (!(clicked instanceof vscode.Uri)) {
    return false;
  }
  return vscode.workspace.fs.stat(clicked).then(
    ({ type }) => (type & vscode.FileType.Directory) !== 0,
    () => false,
  );
}
