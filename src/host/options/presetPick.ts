import * as vscode from 'vscode';
import { Failure } from '../../core/failures/failure';
import { isError, type OptionProblem } from '../../core/request/rules/optionProblem';
import { builtInPresets, readPresets, withBuiltIns, type Preset } from '../../core/request/presets';
import { readPresetSettings } from '../platform/settings';
import { pickOne, plainText, separator, type Choice } from '../platform/quickPicks';

/** A preset and its problems, or the item that opens the settings. */
type Picked = { readonly preset: Preset; readonly problems: readonly OptionProblem[] } | 'edit';

/**
 * Lets the user pick a preset.
 *
 * @param file absolute path of a recording; it decides which folder's settings apply
 * @param last name of the preset that Enter takes
 * @returns `edit` when the user wants to edit the presets; undefined when the list was closed
 * @throws Failure `optionsRefused` when the picked preset has an error
 */
export async function pickPreset(
  title: string,
  file: string | undefined,
  last: string | undefined,
): Promise<Preset | 'edit' | undefined> {
  const { presets, problems, ignored: passedOver } = readPresets(...readPresetSettings(file));
  const all = withBuiltIns(presets).map((preset) =>
    choiceOf(preset, problems.get(preset.name) ?? [], passedOver.has(preset.name)),
  );
  const builtIn = all.slice(0, builtInPresets.length);
  const others = all.slice(builtInPresets.length);
  const choices: readonly Choice<Picked>[] = [
    ...builtIn,
    ...(others.length === 0 ? [] : [separator<Picked>('from settings', 'edit'), ...others]),
    separator<Picked>('', 'edit'),
    {
      value: 'edit',
      label: '$(edit) Edit presets…',
      description: vscode.workspace.isTrusted
        ? 'your own, and those of the workspace'
        : 'your own; those of the workspace are not used in Restricted Mode',
    },
  ];
  const isLast = (picked: Picked): boolean => picked !== 'edit' && picked.preset.name === last;
  const picked = await pickOne(`Transcribe ${title}`, 'Choose a preset', choices, isLast);
  if (picked === undefined || picked === 'edit') {
    return picked;
  }
  checkPreset(picked.preset, picked.problems);
  return picked.preset;
}

/** Refuses a preset with errors; warnings are allowed. @throws Failure `optionsRefused` */
export function checkPreset({ name }: Preset, problems: readonly OptionProblem[]): void {
  const errors = problems.filter(isError).map(({ message }) => message);
  if (errors.length > 0) {
    throw new Failure('optionsRefused', errors.join(' '), { subject: name });
  }
}

/** @param hidesAnother whether the workspace has a preset of that name, which is not used */
function choiceOf(preset: Preset, problems: readonly OptionProblem[], hidesAnother: boolean): Choice<Picked> {
  const error = problems.find(isError);
  const notUsed = hidesAnother
    ? 'The workspace’s preset with this name is not used. Give it another name.'
    : '';
  const detail = [error?.message ?? '', notUsed].filter((text) => text !== '').join(' ');
  return {
    value: { preset, problems },
    label: `${error === undefined ? '' : '$(warning) '}${plainText(preset.name)}`,
    description: plainText(preset.description),
    ...(detail !== '' && { detail: plainText(detail) }),
  };
}
