import { join } from 'node:path';
import { commands, extensions } from 'vscode';
import type { ActivationMeasurement } from '../support/activationMeasurement';
import { report } from './report';

/** Called by the extension host in place of the suites. Activates the extension and reports how long that took. */
export async function run(): Promise<void> {
  const extension = extensions.getExtension('steno.steno');
  if (extension === undefined) {
    throw new Error('The extension is not installed.');
  }
  const loaded = (): string[] =>
    Object.keys(require.cache)
      .filter((file) => file.startsWith(join(extension.extensionPath, 'dist')))
      .map((file) => file.slice(extension.extensionPath.length + 1));
  const activateMs = await timed(() => extension.activate());
  const loadedByActivation = loaded();
  const firstCommandMs = await timed(() => commands.executeCommand('steno.showLog'));
  const loadedByFirstCommand = loaded().filter((file) => !loadedByActivation.includes(file));
  const measurement: ActivationMeasurement = {
    activateMs,
    loadedByActivation,
    firstCommandMs,
    loadedByFirstCommand,
  };
  report(JSON.stringify(measurement));
}

async function timed(action: () => Thenable<unknown>): Promise<number> {
  const startMs = performance.now();
  await action();
  return performance.now() - startMs;
}
