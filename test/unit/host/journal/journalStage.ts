import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure, type FailureKind } from '../../../../src/core/failures/failure';
import type { Job, JobIn } from '../../../../src/core/jobs/job';
import { Journal } from '../../../../src/host/journal/journal';
import { WindowRegistry } from '../../../../src/host/windows/windowRegistry';

/** What a service sends of a finished transcript. */
export const body = { id: 'id-1', status: 'completed', text: 'Good morning.' } as const;

/** A folder for a journal, and windows that use it. */
export class JournalStage {
  /** The ids of windows that are gone. */
  readonly gone = new Set<string>();
  readonly warnings: string[] = [];
  /** Where records were put that cannot be read. */
  readonly aside: string[] = [];
  nowMs = Date.now();
  private readonly root = mkdtempSync(join(tmpdir(), 'steno-journal-'));
  readonly folder = join(this.root, 'jobs');

  /** The journal of a window. @param onIdRead called each time the journal reads the id of the window */
  journalOf(name: string, onIdRead?: () => void): Journal {
    const windows = new WindowRegistry(join(this.folder, 'windows'), name);
    return new Journal({
      folder: this.folder,
      window: {
        get id() {
          onIdRead?.();
          return name;
        },
        register: () => windows.register(),
      },
      isGone: (owner) => Promise.resolve(this.gone.has(owner)),
      clock: { now: () => this.nowMs },
      log: { warn: (message) => void this.warnings.push(message) },
      onAside: (file) => void this.aside.push(file),
    });
  }

  /** A job with its note written. */
  done(job: Job, { hasSidecar = true, changedMs = this.nowMs } = {}): JobIn<'done'> {
    const stage = { phase: 'done', transcriptId: 'id-1', hasSidecar, note: '/talks/talk.md' } as const;
    return { ...job, changedMs, stage };
  }

  put(name: string, text: string): void {
    mkdirSync(this.pathOf(name, '..'), { recursive: true });
    writeFileSync(this.pathOf(name), text);
  }

  has(name: string): boolean {
    return existsSync(this.pathOf(name));
  }

  /** Names of the records of open jobs. */
  get openFiles(): readonly string[] {
    return readdirSync(this.folder)
      .filter((name) => name.endsWith('.json'))
      .sort();
  }

  pathOf(...names: readonly string[]): string {
    return join(this.folder, ...names);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** The name of the record of an open job. */
export function nameOf({ id }: Job, generation = 1): string {
  return `${id}.${generation}.json`;
}

/** Whether something thrown is a failure of that kind. */
export function fails(kind: FailureKind): (thrown: unknown) => boolean {
  return (thrown) => thrown instanceof Failure && thrown.kind === kind;
}
