import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { isRunning, isSinceBoot } from '../../node/processes';

/** Another server works in this folder. */
export class FolderInUse extends Error {
  constructor(
    readonly folder: string,
    readonly pid: number,
  ) {
    super(
      `Another local server (process ${pid}) is using the folder ${folder}. If there is no such process, remove ${pathOf(folder, pid)}`,
    );
    this.name = 'FolderInUse';
  }
}

/** What a server says in its file `lock.<pid>`. */
interface Claim {
  readonly pid: number;
  /** Whether the folder is its own; until then it only wants it. */
  readonly isHolder: boolean;
}

const holds = 'holds';

/** How often, and how long apart, another that has to give way is looked after. */
const looks = 250;
const lookEveryMs = 20;

const pathOf = (folder: string, pid: number): string => join(folder, `lock.${pid}`);

/** Undefined for a claim of a process that died or ran before the machine was started: its number may be another's by now. */
async function readClaim(folder: string, pid: number): Promise<Claim | undefined> {
  const path = pathOf(folder, pid);
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
    if (isRunning(pid) && isSinceBoot(mtimeMs)) {
      return { pid, isHolder: text === holds };
    }
    await rm(path, { force: true });
  } catch {
    // Let go of just now.
  }
  return undefined;
}

/** Claims of other processes that run. */
async function otherClaims(folder: string): Promise<readonly Claim[]> {
  const pids = (await readdir(folder))
    .map((name) => Number(/^lock\.(\d{1,10})$/.exec(name)?.[1]))
    .filter((pid) => pid > 0 && pid !== process.pid);
  const claims = await Promise.all(pids.map((pid) => readClaim(folder, pid)));
  return claims.filter((claim) => claim !== undefined);
}

/**
 * Makes this process the only server of a folder; what is left of servers that died is removed. Each says first that
 * it wants the folder and looks at the others only then, so of two that come at the same time at least one sees the
 * other; the one with the higher number gives way.
 *
 * @returns lets go of it
 * @throws FolderInUse
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = pathOf(folder, process.pid);
  const release = (): Promise<void> => rm(path, { force: true });
  await writeFile(path, 'wants', { mode: 0o600 });
  try {
    for (let look = 1; ; look++) {
      const others = await otherClaims(folder);
      const first = others.find(({ isHolder, pid }) => isHolder || pid < process.pid || look === looks);
      if (first !== undefined) {
        throw new FolderInUse(folder, first.pid);
      }
      if (others.length === 0) {
        await writeFile(path, holds);
        return release;
      }
      await setTimeout(lookEveryMs);
    }
  } catch (thrown) {
    await release();
    throw thrown;
  }
}
