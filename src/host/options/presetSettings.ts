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

/** *Edit Presets*: opens the presets in the settings of the workspace if it has some, else those of the user. */
export async function editPresets(): Promise<void> {
  const nearest = nearestSettings();
  const hasPresets = readSettingAt('presets', nearest) !== undefined;
  await openPresets(hasPresets ? nearest : userSettings);
}

/**
 * *More…*: saves a draft as a preset and opens it in the settings, where the user can set every parameter.
 *
 * @returns whether it was saved
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
  const nearest = nearestSettings();
  if (nearest === userSettings) {
    return userSettings;
  }
  const choices = [
    { value: userSettings, label: 'User settings', description: userSettings.description },
    { value: nearest, label: 'Workspace settings', description: nearest.description },
  ];
  return pickOne('Save as Preset', 'Select where to save the preset', choices);
}

async function enterName(isTaken: (name: string) => boolean): Promise<string | undefined> {
  const complaint = (text: string): string => {
    if (text.trim() === '') {
      return 'A preset needs a name.';
    }
    return isTaken(text.trim()) ? 'A preset with this name exists already.' : '';
  };
  const prompt = 'Name of the preset. It opens in the settings, where you can change all parameters.';
  return enterText('Save as Preset', prompt, { complaint });
}

async function openPresets(target: SettingsTarget): Promise<void> {
  const command =
    target === userSettings
      ? 'workbench.action.openSettingsJson'
      : 'workbench.action.openWorkspaceSettingsFile';
  // With `edit`, VS Code adds the setting; without it, VS Code only shows what is there.
  const edit = readSettingAt('presets', target) === undefined;
  await vscode.commands.executeCommand(command, { revealSetting: { key: 'steno.presets', edit } });
}
