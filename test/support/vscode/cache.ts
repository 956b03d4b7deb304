import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheRoot } from './paths';

const unfinished = /^building-(\d+)-/;

/**
 * A folder of the cache, built on first use. It is built under another name and renamed at the end, so that an
 * interruption leaves nothing half-made behind and two builders at once both end with a whole one.
 */
export async function cachedFolder(name: string, build: (folder: string) => Promise<void>): Promise<string> {
  const finished = join(cacheRoot, name);
  if (existsSync(finished)) {
    return finished;
  }
  await mkdir(cacheRoot, { recursive: true });
  await removeAbandoned();
  const building = await mkdtemp(join(cacheRoot, `building-${process.pid}-${name}-`));
  try {
    await build(building);
    await rename(building, finished);
  } catch (thrown) {
    await rm(building, { recursive: true, force: true });
    // Another process was faster. Its copy is just as good.
    if (!existsSync(finished)) {
      throw thrown;
    }
  }
  return finished;
}

async function removeAbandoned(): Promise<void> {
  for (const entry of await readdir(cacheRoot)) {
    const pid = unfinished.exec(entry)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) {
      await rm(join(cacheRoot, entry), { recursive: true, force: true });
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
