import { rmSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import type { Heartbeat } from '../../core/jobs/ownerWatch';
import { readObject, type JsonObject } from '../../core/json';
import { parseJson } from '../../core/parseJson';
import { codeOf } from '../../node/errorCode';
import { ownerOnly, removeFile } from '../../node/files';
import { isRunning, isSameMachine, thisMachine, type Machine } from '../../node/processes';
import { readText, recordBytes } from '../../node/readFiles';

/** Wide enough for every count to come, so that each beat has the same length. */
const countDigits = 12;

const extension = '.json';

/**
 * The windows of VS Code that have jobs. Each keeps its own file, `<id>.json`, whose text changes with every beat,
 * so that other windows see that it is alive. Nothing here waits or has a timer.
 */
export class WindowRegistry {
  private beats = 0;
  private unregistrations = 0;
  private isRegistered = false;

  /**
   * @param folder of the windows' files
   * @param id of this window, which no other window ever has
   */
  constructor(
    private readonly folder: string,
    readonly id: string,
    private readonly machine: Machine = thisMachine(),
    private readonly pid: number = process.pid,
  ) {}

  /**
   * Lets other windows see this one. A window must register before it has its first job: without a file it counts as
   * gone.
   */
  async register(): Promise<void> {
    if (!this.isRegistered) {
      await this.write();
      this.isRegistered = true;
    }
  }

  /** Shows that this window is alive, once it has registered. To be called every 5 s. */
  async beat(): Promise<void> {
    if (this.isRegistered) {
      await this.write();
    }
  }

  /** Lets other windows have the jobs of this one at once. Synchronous: a process that ends has no time to wait. */
  unregister(): void {
    this.isRegistered = false;
    this.unregistrations++;
    rmSync(this.pathOf(this.id), { force: true });
  }

  /** The heartbeats of all windows that have not unregistered, by their ids. */
  async heartbeats(): Promise<ReadonlyMap<string, Heartbeat>> {
    const names = await readdir(this.folder).catch(() => []);
    const ids = names
      .filter((name) => name.endsWith(extension))
      .map((name) => name.slice(0, -extension.length));
    return new Map(await Promise.all(ids.map(async (id) => [id, await this.heartbeatOf(id)] as const)));
  }

  /** The heartbeat of one window. */
  async heartbeatOf(id: string): Promise<Heartbeat> {
    try {
      const text = await readText(this.pathOf(id), recordBytes);
      return this.isKnownDead(text) ? undefined : text;
    } catch (thrown) {
      // A file that is there but cannot be read is no proof that its window is gone.
      return codeOf(thrown) === 'ENOENT' ? undefined : 'unreadable';
    }
  }

  /** Removes the files of windows that are gone; that of this window stays. */
  async removeGone(gone: readonly string[]): Promise<void> {
    const others = gone.filter((id) => id !== this.id);
    await Promise.all(others.map((id) => removeFile(this.pathOf(id))));
  }

  /**
   * Writes the text over the last one, which is as long: this needs no room on a full disk, and other windows always
   * find a file.
   */
  private async write(): Promise<void> {
    const { unregistrations, machine, pid } = this;
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
    if (unregistrations !== this.unregistrations) {
      rmSync(file, { force: true });
    }
  }

  /**
   * Only a process of this very machine can be known to be dead. If its id is given out again, the window seems alive
   * until its heartbeat has not changed for long enough.
   */
  private isKnownDead(text: string): boolean {
    const written = parsed(text);
    const { pid } = written;
    const isPid = typeof pid === 'number' && Number.isSafeInteger(pid) && pid > 0;
    return isPid && isSameMachine(written, this.machine) && !isRunning(pid);
  }

  /** An id may come from a file, and must not lead out of the folder. */
  private pathOf(id: string): string {
    return path.join(this.folder, `${path.basename(id)}${extension}`);
  }
}

function parsed(text: string): JsonObject {
  try {
    return readObject(parseJson(text));
  } catch {
    // It is just being written, or the power failed while it was.
    return {};
  }
}
