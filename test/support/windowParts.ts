import { join } from 'node:path';
import { DiskJobFiles } from '../../src/host/jobs/diskJobFiles';
import { Journal } from '../../src/host/journal/journal';
import { Takeover } from '../../src/host/windows/takeover';
import { WindowRegistry } from '../../src/host/windows/windowRegistry';
import { wholeLayout } from './plainInstructions';
import type { Clock, Log } from '../../src/core/ports';

export interface WindowPartsOptions {
  /** Tells windows with the same storage apart. */
  readonly id: string;
  /** Where jobs are written down. */
  readonly storage: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Where the note of a recording goes. */
  readonly notePathOf: (recordingPath: string) => string;
}

/** What the jobs of a window without VS Code stand on. All files are real, and they are sent as they are. */
export interface WindowParts {
  readonly window: WindowRegistry;
  readonly takeover: Takeover;
  readonly journal: Journal;
  readonly files: DiskJobFiles;
}

export function windowParts({ id, storage, clock, log, notePathOf }: WindowPartsOptions): WindowParts {
  const folder = join(storage, 'jobs');
  const window = new WindowRegistry(join(folder, 'windows'), id);
  const takeover = new Takeover(window, () => true);
  const onAside = (file: string): void => log.error(`Put aside: ${file}`);
  const journal = new Journal({ folder, window, isGone: takeover.isGone, clock, log, onAside });
  const files = new DiskJobFiles({
    clock,
    log,
    scratch: join(storage, 'scratch'),
    notePathOf,
    media: { extractSound: () => Promise.resolve(undefined) },
    layoutOf: () => wholeLayout,
    soundOnly: () => false,
    isLocal: () => false,
    searchRoots: () => [],
    keptPath: (job) => journal.keptPath(job),
    tell: (message) => log.info(message),
  });
  return { window, takeover, journal, files };
}
