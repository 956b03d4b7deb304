import { draftOf, draftedRequest, type OptionsDraft } from '../../core/request/optionsDraft';
import { readPresets, withBuiltIns, type Preset } from '../../core/request/presets';
import { defaultInstructions, type Instructions } from '../../core/request/request';
import { reviewLines } from '../../core/request/reviewSheet';
import { webhookHostIn } from '../keys/webhookSecrets';
import { readGlossary } from '../options/glossary';
import { refuse } from '../options/presetPick';
import { readDeleteAfterSaving, readPeople, readPresetSettings } from '../platform/settings';
import { ToolRefusal } from './workspaceFiles';
import { oneLine } from '../../core/text';

/** What is asked of the service for a recording. */
export interface Asked {
  readonly instructions: Instructions;
  /** That in words, each thing on its own; nothing without a preset. */
  readonly words: readonly string[];
}

/**
 * What a preset asks of the service for a recording, without questions; without a preset, what *Transcribe* does.
 *
 * @throws ToolRefusal for a preset that does not exist
 * @throws Failure `optionsRefused` for one with a mistake in it
 */
export async function askedBy(name: string | undefined, file: string): Promise<Asked> {
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
    throw new ToolRefusal(`There is no preset “${name}”: there are ${names}.`);
  }
  refuse(found, found.isBuiltIn ? [] : (problems.get(found.name) ?? []));
  return found;
}

/** As *Transcribe with Options…* shows them. */
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
      ({ label, value, detail }) =>
        `${label}: ${[value, detail].filter((text) => text !== '').join('. ')}`,
    ),
  ];
}
