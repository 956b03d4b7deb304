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

/** *Transcribe with Options…*, *Edit Presets*, *Set Webhook Secret…* and *Remove Webhook Secret…*. */
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

/** Transcribes the files that *Transcribe* would, or the recordings in folders, with options that the user chooses. */
async function transcribeWithOptions(
  { connector, context, transcriber, webhookSecrets }: CommandParts,
  clicked: unknown,
  selected: unknown,
): Promise<void> {
  const state = context.globalState;
  const files = (await isFolder(clicked))
    ? await recordingsIn(chosenResources(clicked, selected) ?? [])
    : await recordingsFor(clicked, selected, state);
  const engine =
    files.length === 0
      ? undefined
      : await chooseEngine(
          connector,
          'Options Need AssemblyAI',
          'English only; the speakers are the only option',
        );
  const instructions =
    engine && (await chooseInstructions({ title: titleOf(files), files, engine }, webhookSecrets, state));
  if (instructions !== undefined) {
    await transcriber.transcribeWith(files, instructions);
  }
}

/** A resource that cannot be read counts as a file; transcribing it then fails with the reason. */
async function isFolder(clicked: unknown): Promise<boolean> {
  if (!(clicked instanceof vscode.Uri)) {
    return false;
  }
  return vscode.workspace.fs.stat(clicked).then(
    ({ type }) => (type & vscode.FileType.Directory) !== 0,
    () => false,
  );
}
