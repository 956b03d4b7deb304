import { ConfigurationTarget, workspace } from 'vscode';

/** Changes settings of the user; undefined resets a setting to its default. */
export async function configure(settings: Readonly<Record<string, unknown>>): Promise<void> {
  for (const [name, value] of Object.entries(settings)) {
    await workspace.getConfiguration().update(name, value, ConfigurationTarget.Global);
  }
}
