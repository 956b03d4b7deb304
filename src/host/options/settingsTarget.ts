import * as vscode from 'vscode';
import type { settingDefaults } from '../platform/manifest';
import { updateSetting } from '../platform/settings';

/** Settings that Steno can write to. */
export interface SettingsTarget {
  readonly target: vscode.ConfigurationTarget;
  /** Whom the settings apply to, in a few words. */
  readonly description: string;
}

/** The settings of the user. */
export const userSettings: SettingsTarget = {
  target: vscode.ConfigurationTarget.Global,
  description: 'for all your workspaces',
};

const workspaceSettings: SettingsTarget = {
  target: vscode.ConfigurationTarget.Workspace,
  description: 'for everyone who opens this workspace',
};

/** The settings of the workspace; those of the user when no workspace is open, or when it is not trusted. */
export function nearestSettings(): SettingsTarget {
  const hasWorkspace = vscode.workspace.workspaceFolders !== undefined && vscode.workspace.isTrusted;
  return hasWorkspace ? workspaceSettings : userSettings;
}

/** The value of a setting in exactly these settings; undefined when they have none. */
export function readSettingAt(key: keyof typeof settingDefaults, { target }: SettingsTarget): unknown {
  const found = vscode.workspace.getConfiguration('steno', null).inspect<unknown>(key);
  return target === vscode.ConfigurationTarget.Workspace ? found?.workspaceValue : found?.globalValue;
}

/** Writes a setting. */
export async function writeSetting(
  key: keyof typeof settingDefaults,
  value: unknown,
  { target }: SettingsTarget,
): Promise<void> {
  await updateSetting(key, value, target);
}
