import { ConfigurationTarget, workspace } from 'vscode';

/** Sets settings for the user, or with undefined puts them back to their defaults. */
export async function configure(settings: Readonly<Record<string, unknown>>): Promise<void> {
  for (const [name, value] of Object.entries(settings)) {
    await workspace.getConfiguration().update(name, value, ConfigurationTarget.Global);
  }
}
