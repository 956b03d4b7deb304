import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { isRunning, isSinceBoot } from '../../node/processes';
import { readText, recordBytes } from '../../node/readFiles';

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

/** How often, and how long apart, to check whether the other servers have given way. */
const maxChecks = 250;
const checkEveryMs = 20;

const pathOf = (folder: string, pid: number): string => join(folder, `lock.${pid}`);

/**
 * Undefined if the process died, or ran before the machine was started: its number may belong to another process now.
 * Then the claim is removed.
 */
async function readClaim(folder: string, pid: number): Promise<Claim | undefined> {
  const path = pathOf(folder, pid);
  try {
    const [text, { mtimeMs }] = await Promise.all([readText(path, recordBytes), stat(path)]);
    if (isRunning(pid) && isSinceBoot(mtimeMs)) {
      return { pid, isHolder: text === holds };
    }
    await rm(path, { force: true });
  } catch {
    // The other server has just released it.
  }
  return undefined;
}

/** The claims of other running processes. */
async function otherClaims(folder: string, ownPid: number): Promise<readonly Claim[]> {
  const pids = (await readdir(folder))
    .map((name) => Number(/^lock\.(\d{1,10})$/.exec(name)?.[1]))
    .filter((pid) => pid > 0 && pid !== ownPid);
  const claims = await Promise.all(pids.map((pid) => readClaim(folder, pid)));
  return claims.filter((claim) => claim !== undefined);
}

/**
 * Makes this process the only server of a folder, and removes the claims of servers that died. A server first writes
 * that it wants the folder, and only then reads the claims of others. So of two servers that start at the same time at
 * least one sees the other. The one with the higher process id gives way.
 *
 * @returns releases the folder
 * @throws FolderInUse
 */
export async function lockFolder(folder: string, ownPid = process.pid): Promise<() => Promise<void>> {
  const path = pathOf(folder, ownPid);
  const release = (): Promise<void> => rm(path, { force: true });
  await writeFile(path, 'wants', { mode: 0o600 });
  try {
    for (let check = 1; ; check++) {
      const others = await otherClaims(folder, ownPid);
      const winner = others.find(({ isHolder, pid }) => isHolder || pid < ownPid || check === maxChecks);
      if (winner !== undefined) {
        throw new FolderInUse(folder, winner.pid);
      }
      if (others.length === 0) {
        await writeFile(path, holds);
        return release;
      }
      await setTimeout(checkEveryMs);
    }
  } catch (thrown) {
    await release();
    throw thrown;
  }
}
