import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { downloadAndUnzipVSCode, runTests, TestRunFailedError } from '@vscode/test-electron';
import { cacheRoot } from './paths';
import { quietSettings } from './quietSettings';
import type { HostSuite } from './suite';
import { removeFolder, temporaryFolder } from './workspace';

/** A desktop VS Code that can be started here: the program, and what has to stand before its arguments. */
export interface DesktopVscode {
  readonly program: string;
  readonly leadingArgs: readonly string[];
}

/** How long a download may be silent; offline, the probe takes no longer than this. */
const silenceMs = 5_000;

/** Finds or fetches a desktop VS Code; rejects with the reason when there is none to be had or no screen for it. */
export async function findDesktop(): Promise<DesktopVscode> {
  const xvfb = screenOrXvfb();
  const given = process.env['VSCODE_EXECUTABLE'];
  const code = given ?? (await downloadAndUnzipVSCode({ cachePath: cacheRoot, timeout: silenceMs }));
  return xvfb === undefined
    ? { program: code, leadingArgs: [] }
    : { program: xvfb, leadingArgs: ['--auto-servernum', code] };
}

/** Undefined where windows can be shown, else the program that pretends a screen. */
function screenOrXvfb(): string | undefined {
  const { DISPLAY, WAYLAND_DISPLAY, PATH } = process.env;
  if (
    process.platform !== 'linux' ||
    [DISPLAY, WAYLAND_DISPLAY].some((name) => name !== undefined && name !== '')
  ) {
    return undefined;
  }
  const xvfb = (PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'xvfb-run'))
    .find((file) => existsSync(file));
  if (xvfb === undefined) {
    throw new Error('there is no screen (DISPLAY) and no xvfb-run');
  }
  return xvfb;
}

/** Runs a suite in the extension host of a desktop VS Code with its own profile; resolves with the exit code. */
export async function runOnDesktop(desktop: DesktopVscode, suite: HostSuite): Promise<number> {
  const profile = await temporaryFolder('profile');
  await mkdir(join(profile, 'User'));
  await writeFile(join(profile, 'User', 'settings.json'), JSON.stringify(quietSettings));
  try {
    return await runTests({
      vscodeExecutablePath: desktop.program,
      extensionDevelopmentPath: suite.extensionDevelopmentPath,
      extensionTestsPath: suite.extensionTestsPath,
      extensionTestsEnv: suite.env,
      launchArgs: [
        ...desktop.leadingArgs,
        suite.workspace,
        `--user-data-dir=${profile}`,
        `--extensions-dir=${join(profile, 'extensions')}`,
      ],
    });
  } catch (thrown) {
    if (thrown instanceof TestRunFailedError) {
      return thrown.code ?? 1;
    }
    throw thrown;
  } finally {
    await removeFolder(profile);
  }
}
