import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageExtension } from '../support/vscode/packageExtension';
import { projectRoot } from '../support/vscode/paths';
import { startTree } from '../support/vscode/processes';
import { main } from '../support/vscode/program';
import { quietSettings } from '../support/vscode/quietSettings';
import { startVscodeServer } from '../support/vscode/server';
import { addRecording, temporaryFolder } from '../support/vscode/workspace';

const onWindows = process.platform === 'win32';

/** Opens a VS Code with the extension and a sample recording to try by hand, until it is closed or Ctrl+C is pressed. */
main(async () => {
  const folder = await temporaryFolder('sample');
  await addRecording(folder, 'standup.mp3');
  tellWhoTranscribes();
  console.log('Right-click standup.mp3 in the Explorer and choose Transcribe.');
  return hasDesktop() ? openDesktop(folder) : openInBrowser(folder);
});

function tellWhoTranscribes(): void {
  const hasKey = (process.env['ASSEMBLYAI_API_KEY'] ?? '') !== '';
  console.log(
    hasKey
      ? 'Recordings go to AssemblyAI, with the key in ASSEMBLYAI_API_KEY.'
      : 'Without a key, recordings can be transcribed on this machine. Set ASSEMBLYAI_API_KEY to use AssemblyAI.',
  );
}

function hasDesktop(): boolean {
  return (
    process.env['STENO_VSCODE'] !== 'server' &&
    spawnSync('code', ['--version'], { shell: onWindows }).status === 0
  );
}

/** Opens the desktop VS Code with the extension in `dist/`, in a new profile. */
async function openDesktop(folder: string): Promise<number> {
  const profile = await temporaryFolder('profile');
  await mkdir(join(profile, 'User'));
  await writeFile(join(profile, 'User', 'settings.json'), JSON.stringify(quietSettings));
  console.log('Close the window of VS Code to end.');
  const code = startTree(
    'code',
    [
      ...['--wait', '--new-window', '--disable-workspace-trust', '--user-data-dir', profile],
      ...['--extensions-dir', join(profile, 'extensions'), '--extensionDevelopmentPath', projectRoot, folder],
    ],
    { stdio: 'inherit', shell: onWindows },
  );
  const [exitCode] = (await once(code, 'exit')) as [number | null];
  return exitCode ?? 1;
}

/** Opens the packaged extension in a VS Code in the user's browser. */
async function openInBrowser(folder: string): Promise<number> {
  const vsix = [await packageExtension()];
  const server = await startVscodeServer({ vsix, logName: 'start' });
  const url = `${server.url}/?${new URLSearchParams({ folder }).toString()}`;
  const [opener, ...args] = { darwin: ['open'], win32: ['cmd', '/c', 'start', '""'] }[
    process.platform as string
  ] ?? ['xdg-open'];
  // Without a desktop, no program opens the address; it is printed in any case.
  spawn(opener ?? '', [...args, url], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
  console.log(`\nVS Code: ${url}\nCtrl+C ends it.`);
  return new Promise(() => undefined);
}
