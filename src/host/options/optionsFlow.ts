import { stat } from 'node:fs/promises';
import { remember } from '../platform/remember';
import * as path from 'node:path';
import type * as vscode from 'vscode';
import { draftOf } from '../../core/request/optionsDraft';
import { isVideoName } from '../../core/recordings/recordingNames';
import type { Preset } from '../../core/request/presets';
import type { NamedRecording } from '../../core/request/recordingProblems';
import { defaultOptions, type Instructions } from '../../core/request/request';
import type { WebhookSecrets } from '../keys/webhookSecrets';
import { readPeople, readUploadSoundOnly } from '../platform/settings';
import { readGlossary } from './keyTermFiles';
import { pickPreset } from './presetPick';
import { editPresets } from './presetSettings';
import { reviewDraft } from './review';
import type { ChosenEngine } from './chooseEngine';
import { recordingCountText } from '../../core/text';

/** What options are chosen for. */
interface OptionsTarget {
  readonly title: string;
  /** Absolute paths of the recordings; none for a recording on the web. */
  readonly files: readonly string[];
  readonly engine: ChosenEngine;
}

/** All that the speech server on this machine can do. */
const localPreset: Preset = {
  name: 'On this machine',
  description: '',
  isBuiltIn: true,
  isFromWorkspace: false,
  options: defaultOptions,
  deleteAfterwards: false,
  namesSpeakers: false,
  usesGlossary: false,
};

const lastPresetKey = 'lastPreset';

/**
 * Lets the user choose a preset and change its options. Escape goes back from the options to the presets.
 *
 * @param state remembers the last preset
 * @returns undefined when the user cancelled, or went to the settings
 * @throws Failure `optionsRefused`
 */
export async function chooseInstructions(
  { title, files, engine }: OptionsTarget,
  secrets: WebhookSecrets,
  state: vscode.Memento,
): Promise<Instructions | undefined> {
  const [file] = files;
  const people = readPeople(file);
  const recordings = await Promise.all(files.map(namedRecording));
  for (;;) {
    const preset = await choosePreset(title, file, engine, state);
    if (preset === undefined) {
      return undefined;
    }
    const glossary = preset.usesGlossary ? await readGlossary(file) : { sources: [], unread: [] };
    const offered = { people, glossary: glossary.sources };
    const context = { title, file, recordings, offered, engine, glossary, secrets };
    const instructions = await reviewDraft(draftOf(preset, offered), context);
    if (instructions !== 'back') {
      return instructions;
    }
    if (engine === 'local') {
      return undefined;
    }
  }
}

async function choosePreset(
  title: string,
  file: string | undefined,
  engine: ChosenEngine,
  state: vscode.Memento,
): Promise<Preset | undefined> {
  if (engine === 'local') {
    return localPreset;
  }
  const picked = await pickPreset(title, file, state.get<string>(lastPresetKey));
  if (picked === 'edit') {
    await editPresets();
    return undefined;
  }
  await (picked && remember(state, lastPresetKey, picked.name));
  return picked;
}

/** The name of a single recording, or how many there are. @param files absolute paths */
export function titleOf(files: readonly string[]): string {
  const [only] = files;
  return files.length === 1 && only !== undefined ? path.basename(only) : recordingCountText(files.length);
}

/**
 * What the checks of options need to know about a recording. The size is left out for a file that cannot be read, which
 * fails later, and for a video of which only the sound is sent.
 */
async function namedRecording(file: string): Promise<NamedRecording> {
  const name = path.basename(file);
  const isWhole = !(isVideoName(name) && readUploadSoundOnly());
  const found = isWhole ? await stat(file).catch(() => undefined) : undefined;
  return { name, facts: { sizeBytes: found?.size } };
}
