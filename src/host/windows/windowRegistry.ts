import { readlinkSync, rmSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, uptime } from 'node:os';
import * as path from 'node:path';
import type { SignOfLife } from '../../core/jobs/owners';
import { readObject, type JsonObject } from '../../core/json';
import { ownerOnly } from '../../node/files';
import { codeOf } from '../../node/errorCode';

/** Where a process runs. Process ids mean something only where all of this is the same. */
export interface Machine {
  readonly host: string;
  /** When it was started, ms since 1970; not known to the second, since clocks are set. */
  readonly bootMs: number;
  /** Containers on one machine may have the same name, but number their processes apart; '' where there is none. */
  readonly processSpace: string;
}

const bootSlackMs = 60_000;

/** Wide enough for every count to come, so that each beat has the same length. */
const countDigits = 12;

/**
 * The windows of VS Code that have jobs: each beats in a file of its own, `<id>.json`, whose text another window sees
 * change. Nothing in here waits or has a timer.
 */
export class WindowRegistry {
  private beats = 0;
  private departures = 0;
  private isPresent = false;

  /**
   * @param folder of the windows' files
   * @param id of this window, which no other one ever has
   */
  constructor(
    private readonly folder: string,
    readonly id: string,
    private readonly machine: Machine = thisMachine(),
    private readonly pid: number = process.pid,
  ) {}

  /** Lets other windows see this one; to be done before it has its first job, since without a file it counts as gone. */
  async arrive(): Promise<void> {
    if (!this.isPresent) {
      await this.write();
      this.isPresent = true;
    }
  }

  /** Shows that this window is alive, once it has arrived; to be called every 5 s. */
  async beat(): Promise<void> {
    if (this.isPresent) {
      await this.write();
    }
  }

  /** Lets other windows have its jobs at once. Synchronous, since a process that ends has no time to wait. */
  leave(): void {
    this.isPresent = false;
    this.departures++;
    rmSync(this.pathOf(this.id), { force: true });
  }

  /** What is to be seen of every window that left no word of its end. */
  async look(): Promise<ReadonlyMap<string, SignOfLife>> {
    const names = await readdir(this.folder).catch(() => []);
    const ids = names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
    return new Map(await Promise.all(ids.map(async (id) => [id, await this.signOf(id)] as const)));
  }

  /** What is to be seen of one window. */
  async signOf(id: string): Promise<SignOfLife> {
    try {
      const text = await readFile(this.pathOf(path.basename(id)), 'utf8');
      return this.isKnownDead(text) ? undefined : text;
    } catch (thrown) {
      // A file that is there and cannot be read is no proof that its window is gone.
      return codeOf(thrown) === 'ENOENT' ? undefined : 'unreadable';
    }
  }

  /** Removes what windows that are gone left behind. */
  async clear(gone: readonly string[]): Promise<void> {
    const others = gone.filter((id) => id !== this.id);
    await Promise.all(others.map((id) => rm(this.pathOf(path.basename(id)), { force: true })));
  }

  /**
   * The text is written over the last one, which is as long: that takes no room on a full disk, and another window
   * always finds a file.
   */
  private async write(): Promise<void> {
    const { departures, machine, pid } = this;
    const beats = String(this.beats++).padStart(countDigits, '0');
    const text = `${JSON.stringify({ version: 1, pid, ...machine, beats })}\n`;
    const file = this.pathOf(this.id);
    try {
      await writeFile(file, text, { flag: 'r+' });
    } catch (thrown) {
      if (codeOf(thrown) !== 'ENOENT') {
        throw thrown;
      }
      await mkdir(this.folder, { recursive: true, mode: ownerOnly.folder });
      await writeFile(file, text, { mode: ownerOnly.file });
    }
    if (departures !== this.departures) {
      rmSync(file, { force: true });
    }
  }

  /** Only a process of this very machine can be known to be dead; one that has its number may be another one. */
  private isKnownDead(text: string): boolean {
    const { pid, host, bootMs, processSpace } = parsed(text);
    const { machine } = this;
    const isHere =
      host === machine.host &&
      processSpace === machine.processSpace &&
      typeof bootMs === 'number' &&
      Math.abs(bootMs - machine.bootMs) < bootSlackMs;
    return isHere && typeof pid === 'number' && Number.isSafeInteger(pid) && pid > 0 && !isRunning(pid);
  }

  private pathOf(id: string): string {
    return path.join(this.folder, `${id}.json`);
  }
}

function parsed(text: string): JsonObject {
  try {
    return readObject(JSON.parse(text));
  } catch {
    // It is being written just now, or the power failed meanwhile.
    return {};
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    // Somebody else's process is a process as well.
    return codeOf(thrown) !== 'ESRCH';
  }
}

function thisMachine(): Machine {
  return { host: hostname(), bootMs: Math.round(Date.now() - uptime() * 1000), processSpace: processSpace() };
}

/** Only Linux has such spaces. */
function processSpace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}
