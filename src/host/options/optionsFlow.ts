import { stat } from 'node:fs/promises';
import * as path from 'node:path';
import type * as vscode from 'vscode';
import { draftOf } from '../../core/request/optionsDraft';
import { isVideoName } from '../../core/recordings/formats';
import type { Preset } from '../../core/request/presets';
import type { NamedRecording } from '../../core/request/recordingProblems';
import { defaultOptions, type Instructions } from '../../core/request/request';
import type { WebhookSecrets } from '../keys/webhookSecrets';
import { readPeople, readUploadSoundOnly } from '../platform/settings';
import { readGlossary } from './glossary';
import { pickPreset } from './presetPick';
import { editPresets } from './presetSettings';
import { review } from './review';
import type { Place } from './chooseEngine';
import { recordingCountText } from '../../core/text';

/** What options are chosen for. */
interface Subject {
  readonly title: string;
  /** None where it is on the web. */
  readonly files: readonly string[];
  readonly place: Place;
}

/** What is asked of the server on this machine: all that it can do. */
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
 * From a preset to what is sent: choosing one, answering what matters about it, going back with Escape.
 *
 * @returns undefined when nothing is to be sent
 * @throws Failure `optionsRefused`
 */
export async function chooseInstructions(
  { title, files, place }: Subject,
  secrets: WebhookSecrets,
  state: vscode.Memento,
): Promise<Instructions | undefined> {
  const [file] = files;
  const people = readPeople(file);
  const recordings = await Promise.all(files.map(lookAt));
  for (;;) {
    const preset = await choosePreset(title, file, place, state);
    if (preset === undefined) {
      return undefined;
    }
    const glossary = preset.usesGlossary ? await readGlossary(file) : { sources: [], unread: [] };
    const offered = { people, glossary: glossary.sources };
    const reviewed = { title, file, recordings, offered, place, glossary, secrets };
    const instructions = await review(draftOf(preset, offered), reviewed);
    if (instructions !== 'back') {
      return instructions;
    }
    if (place === 'local') {
      return undefined;
    }
  }
}

async function choosePreset(
  title: string,
  file: string | undefined,
  place: Place,
  state: vscode.Memento,
): Promise<Preset | undefined> {
  if (place === 'local') {
    return localPreset;
  }
  const picked = await pickPreset(title, file, state.get<string>(lastPresetKey));
  if (picked === 'edit') {
    await editPresets();
    return undefined;
  }
  await (picked && state.update(lastPresetKey, picked.name));
  return picked;
}

/** What these files are called together. */
export function titleOf(files: readonly string[]): string {
  const [only] = files;
  return files.length === 1 && only !== undefined ? path.basename(only) : recordingCountText(files.length);
}

/**
 * A recording that cannot be looked at is told of when it is its turn; how much will be sent of a video, only its sound
 * tells.
 */
async function lookAt(file: string): Promise<NamedRecording> {
  const name = path.basename(file);
  const isWhole = !(isVideoName(name) && readUploadSoundOnly());
  const found = isWhole ? await stat(file).catch(() => undefined) : undefined;
  return { name, facts: { sizeBytes: found?.size } };
}
