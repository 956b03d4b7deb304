import { draftOf, draftedRequest, type OptionsDraft } from '../../core/request/optionsDraft';
import { readPresets, withBuiltIns, type Preset } from '../../core/request/presets';
import { defaultInstructions, type Instructions } from '../../core/request/request';
import { reviewLines } from '../../core/request/reviewSheet';
import { webhookHostIn } from '../keys/webhookSecrets';
import { readGlossary } from '../options/keyTermFiles';
import { checkPreset } from '../options/presetPick';
import { readDeleteAfterSaving, readPeople, readPresetSettings } from '../platform/settings';
import { ToolRefusal } from './workspaceFiles';
import { oneLine } from '../../core/text';

/** What a preset asks of the service. */
export interface PresetRequest {
  readonly instructions: Instructions;
  /** The instructions in words for the user, one sentence each; none without a preset. */
  readonly words: readonly string[];
}

/**
 * The request of a preset for a recording, without prompting the user.
 *
 * @param name of the preset, in upper or lower case; undefined for what *Transcribe* asks
 * @param file absolute path of the recording
 * @throws ToolRefusal when there is no such preset
 * @throws Failure `optionsRefused` when the preset has an error
 */
export async function requestOfPreset(name: string | undefined, file: string): Promise<PresetRequest> {
  if (name === undefined) {
    return { instructions: defaultInstructions, words: [] };
  }
  const preset = findPreset(name, file);
  const glossary = preset.usesGlossary ? (await readGlossary(file)).sources : [];
  const draft = draftOf(preset, { people: readPeople(file), glossary });
  return { instructions: draftedRequest(draft).instructions, words: wordsOf(draft) };
}

function findPreset(name: string, file: string): Preset {
  const { presets, problems } = readPresets(...readPresetSettings(file));
  const all = withBuiltIns(presets);
  const found = all.find((preset) => preset.name.toLowerCase() === name.toLowerCase());
  if (found === undefined) {
    const names = all.map((preset) => preset.name).join(', ');
    throw new ToolRefusal(`There is no preset “${name}”. The presets are ${names}.`);
  }
  checkPreset(found, found.isBuiltIn ? [] : (problems.get(found.name) ?? []));
  return found;
}

/** The options of a draft, in the words of *Transcribe with Options…*. */
function wordsOf(draft: OptionsDraft): readonly string[] {
  const { preset, options } = draft;
  const deleteAfterwards = draft.deleteAfterwards || readDeleteAfterSaving();
  const lines = reviewLines(
    { ...draft, deleteAfterwards },
    {
      isLocal: false,
      isAlwaysDeleted: false,
      webhookHost: webhookHostIn(options),
      isSecretMissing: false,
    },
  );
  const origin = preset.isFromWorkspace ? ', which comes from the workspace’s settings' : '';
  return [
    `With the preset “${oneLine(preset.name)}”${origin}.`,
    ...lines.map(
      ({ label, value: answer, detail }) =>
        `${label}: ${[answer, detail].filter((text) => text !== '').join('. ')}`,
    ),
  ];
}
