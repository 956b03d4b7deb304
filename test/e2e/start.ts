import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startScriptedServer } from '../support/server/scriptedServer';
import { packageExtension } from '../support/vscode/packageExtension';
import { projectRoot } from '../support/vscode/paths';
import { startTree } from '../support/vscode/processes';
import { main } from '../support/vscode/program';
import { quietSettings } from '../support/vscode/quietSettings';
import { startVscodeServer } from '../support/vscode/server';
import { addRecording, temporaryFolder } from '../support/vscode/workspace';
import { goodKey } from './stage';

/** What the extension is started with: the service it talks to, and the key for it. */
interface Setup {
  readonly settings: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  close(): Promise<void>;
}

const onWindows = process.platform === 'win32';

/** Opens a VS Code with the extension and a sample recording for a person, until it is closed or Ctrl+C. */
main(async () => {
  const folder = await temporaryFolder('sample');
  await addRecording(folder, 'standup.mp3');
  const setup = await chooseService();
  console.log('Right-click standup.mp3 in the Explorer and choose Transcribe.');
  const exitCode = hasDesktop() ? await openDesktop(folder, setup) : await openInBrowser(folder, setup);
  await setup.close();
  return exitCode;
});

async function chooseService(): Promise<Setup> {
  if ((process.env['ASSEMBLYAI_API_KEY'] ?? '') !== '') {
    console.log('Recordings go to AssemblyAI, with the key in ASSEMBLYAI_API_KEY.');
    return { settings: {}, env: {}, close: () => Promise.resolve() };
  }
  const service = await startScriptedServer({ keys: [goodKey], pace: { finishMs: 4_000 } });
  console.log(
    'A scripted server on this machine stands in for AssemblyAI: its answer is always the transcript of the',
  );
  console.log('sample recording. Set ASSEMBLYAI_API_KEY to use AssemblyAI itself.');
  return {
    settings: { 'steno.region': 'custom', 'steno.customBaseUrl': service.url },
    env: { ASSEMBLYAI_API_KEY: goodKey },
    close: () => service.close(),
  };
}

function hasDesktop(): boolean {
  return (
    process.env['STENO_VSCODE'] !== 'server' &&
    spawnSync('code', ['--version'], { shell: onWindows }).status === 0
  );
}

/** The extension from the project's own `dist/`, in a profile of its own. */
async function openDesktop(folder: string, { settings, env }: Setup): Promise<number> {
  const profile = await temporaryFolder('profile');
  await mkdir(join(profile, 'User'));
  await writeFile(join(profile, 'User', 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }));
  console.log('Close the window of VS Code to end.');
  const code = startTree(
    'code',
    [
      ...['--wait', '--new-window', '--disable-workspace-trust', '--user-data-dir', profile],
      ...['--extensions-dir', join(profile, 'extensions'), '--extensionDevelopmentPath', projectRoot, folder],
    ],
    { stdio: 'inherit', shell: onWindows, env: { ...process.env, ...env } },
  );
  const [exitCode] = (await once(code, 'exit')) as [number | null];
  return exitCode ?? 1;
}

/** The packaged extension, in a VS Code that the person's own browser shows. */
async function openInBrowser(folder: string, { settings, env }: Setup): Promise<number> {
  const vsix = [await packageExtension()];
  const server = await startVscodeServer({ vsix, machineSettings: settings, env, logName: 'start' });
  const url = `${server.url}/?${new URLSearchParams({ folder }).toString()}`;
  const [opener, ...args] = { darwin: ['open'], win32: ['cmd', '/c', 'start', '""'] }[
    process.platform as string
  ] ?? ['xdg-open'];
  // Without a desktop there is no opener; the address is printed in any case.
  spawn(opener ?? '', [...args, url], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
  console.log(`\nVS Code: ${url}\nCtrl+C ends it.`);
  return new Promise(() => undefined);
}
