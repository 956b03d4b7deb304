import * as vscode from 'vscode';
import { Failure } from '../../core/failures/failure';
import { isError, type OptionProblem } from '../../core/request/rules/optionProblem';
import { builtInPresets, readPresets, withBuiltIns, type Preset } from '../../core/request/presets';
import { readPresetSettings } from '../platform/settings';
import { pickOne, plain, separator, type Choice } from '../platform/quickPicks';

/** A preset with what is wrong with it, or the wish to change them. */
type Picked = { readonly preset: Preset; readonly problems: readonly OptionProblem[] } | 'edit';

/**
 * Lets the user choose a preset, `edit` for those who want to change them; undefined when they gave up.
 *
 * @param last name of the preset that Enter takes
 * @throws Failure `optionsRefused` when the chosen one has a mistake in it
 */
export async function pickPreset(
  title: string,
  file: string | undefined,
  last: string | undefined,
): Promise<Preset | 'edit' | undefined> {
  const { presets, problems, ignored } = readPresets(...readPresetSettings(file));
  const all = withBuiltIns(presets).map((preset) =>
    choiceOf(preset, problems.get(preset.name) ?? [], ignored.has(preset.name)),
  );
  const builtIn = all.slice(0, builtInPresets.length);
  const others = all.slice(builtInPresets.length);
  const choices: readonly Choice<Picked>[] = [
    ...builtIn,
    ...(others.length === 0 ? [] : [separator<Picked>('from the settings', 'edit'), ...others]),
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
  refuse(picked.preset, picked.problems);
  return picked.preset;
}

/** @throws Failure `optionsRefused` when an error is among the problems */
export function refuse({ name }: Preset, problems: readonly OptionProblem[]): void {
  const errors = problems.filter(isError).map(({ message }) => message);
  if (errors.length > 0) {
    throw new Failure('optionsRefused', errors.join(' '), { subject: name });
  }
}

/** @param isInPlace whether the workspace has one of that name, in whose place this one stands */
function choiceOf(preset: Preset, problems: readonly OptionProblem[], isInPlace: boolean): Choice<Picked> {
  const error = problems.find(isError);
  const notUsed = isInPlace
    ? 'The workspace’s own preset of this name is not used; give it another name.'
    : '';
  const detail = [error?.message ?? '', notUsed].filter((text) => text !== '').join(' ');
  return {
    value: { preset, problems },
    label: `${error === undefined ? '' : '$(warning) '}${plain(preset.name)}`,
    description: plain(preset.description),
    ...(detail !== '' && { detail: plain(detail) }),
  };
}
