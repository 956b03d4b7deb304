import * as vscode from 'vscode';
import type { OptionsDraft, DraftSuggestions } from '../../core/request/optionsDraft';
import { isBuiltInName } from '../../core/request/presets';
import { presetSettingOf } from '../../core/request/presetSetting';
import { readObject } from '../../core/json';
import { enterText, pickOne } from '../platform/quickPicks';
import {
  nearestSettings,
  readSettingAt,
  userSettings,
  writeSetting,
  type SettingsTarget,
} from './settingsTarget';

/** *Edit Presets*: where there are some already, those of the workspace first. */
export async function editPresets(): Promise<void> {
  const ofWorkspace = nearestSettings();
  const hasOwn = readSettingAt('presets', ofWorkspace) !== undefined;
  await openPresets(hasOwn ? ofWorkspace : userSettings);
}

/**
 * *More…*: the answers under a name, in settings that are then opened, where every parameter can be set. Resolves with
 * whether they were saved.
 */
export async function saveAsPreset(draft: OptionsDraft, offered: DraftSuggestions): Promise<boolean> {
  const target = await chooseTarget();
  const existing = target && readObject(readSettingAt('presets', target));
  const isTaken = (name: string): boolean =>
    Object.hasOwn(existing ?? {}, name) || (target !== userSettings && isBuiltInName(name));
  const name = existing && (await enterName(isTaken));
  if (target === undefined || name === undefined) {
    return false;
  }
  await writeSetting('presets', { ...existing, [name]: presetSettingOf(draft, offered) }, target);
  await openPresets(target);
  return true;
}

async function chooseTarget(): Promise<SettingsTarget | undefined> {
  const ofWorkspace = nearestSettings();
  if (ofWorkspace === userSettings) {
    return userSettings;
  }
  const choices = [
    { value: userSettings, label: 'Yours', description: userSettings.description },
    { value: ofWorkspace, label: 'The workspace’s', description: ofWorkspace.description },
  ];
  return pickOne('Save as Preset', 'Whose preset is it?', choices);
}

async function enterName(isTaken: (name: string) => boolean): Promise<string | undefined> {
  const complaint = (text: string): string => {
    if (text.trim() === '') {
      return 'A preset needs a name.';
    }
    return isTaken(text.trim()) ? 'There is a preset of this name.' : '';
  };
  return enterText(
    'Save as Preset',
    'Name of the preset. Then it is opened, to change what was not asked about.',
    {
      complaint,
    },
  );
}

async function openPresets(place: SettingsTarget): Promise<void> {
  const command =
    place === userSettings
      ? 'workbench.action.openSettingsJson'
      : 'workbench.action.openWorkspaceSettingsFile';
  // What is not there yet is put there; what is there stays as it is.
  const edit = readSettingAt('presets', place) === undefined;
  await vscode.commands.executeCommand(command, { revealSetting: { key: 'steno.presets', edit } });
}
