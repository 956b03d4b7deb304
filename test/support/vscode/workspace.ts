import { rmSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fixturePath } from '../fixtures';

/** The sample recording: three people talking for 43 s. */
export const sampleRecording = fixturePath('dialogue/dialogue.mp3');

const removal = { recursive: true, force: true, maxRetries: 5, retryDelay: 100 } as const;
const folders = new Set<string>();

process.on('exit', () => folders.forEach((folder) => rmSync(folder, removal)));

/** An empty folder outside the project, which may be filled and spoiled; it goes with this process at the latest. */
export async function temporaryFolder(purpose: string): Promise<string> {
  // Short, because VS Code opens a socket in it.
  const folder = await realpath(await mkdtemp(join(tmpdir(), `steno-${purpose}-`)));
  folders.add(folder);
  return folder;
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, removal);
  folders.delete(folder);
}

/** Puts a recording into a folder under another name; returns its path. */
export async function addRecording(folder: string, name: string, from = sampleRecording): Promise<string> {
  const target = await placeFor(folder, name);
  await copyFile(from, target);
  await chmod(target, 0o644);
  return target;
}

/** Puts a file with this text into a folder; returns its path. */
export async function addText(folder: string, name: string, text: string): Promise<string> {
  const target = await placeFor(folder, name);
  await writeFile(target, text);
  return target;
}

async function placeFor(folder: string, name: string): Promise<string> {
  const target = join(folder, name);
  await mkdir(dirname(target), { recursive: true });
  return target;
}
