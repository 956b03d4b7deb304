import * as vscode from 'vscode';
import type { settingDefaults } from '../platform/manifest';

/** Settings that are written to. */
export interface SettingsTarget {
  readonly target: vscode.ConfigurationTarget;
  /** Whom they are for, in words. */
  readonly description: string;
}

/** The settings of everything that the user does. */
export const userSettings: SettingsTarget = {
  target: vscode.ConfigurationTarget.Global,
  description: 'for all your workspaces',
};

const workspaceSettings: SettingsTarget = {
  target: vscode.ConfigurationTarget.Workspace,
  description: 'for everyone who opens this workspace',
};

/** The settings of the workspace; those of the user where there is none, or one that is not trusted. */
export function nearestSettings(): SettingsTarget {
  const hasWorkspace = vscode.workspace.workspaceFolders !== undefined && vscode.workspace.isTrusted;
  return hasWorkspace ? workspaceSettings : userSettings;
}

/** The value as it stands in exactly these settings; undefined where there is none. */
export function readSettingAt(key: keyof typeof settingDefaults, { target }: SettingsTarget): unknown {
  const found = vscode.workspace.getConfiguration('steno', null).inspect<unknown>(key);
  return target === vscode.ConfigurationTarget.Workspace ? found?.workspaceValue : found?.globalValue;
}

export async function writeSetting(
  key: keyof typeof settingDefaults,
  value: unknown,
  { target }: SettingsTarget,
): Promise<void> {
  await vscode.workspace.getConfiguration('steno', null).update(key, value, target);
}
